package bowline.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs a test method under many seeds, each in a [bowline.simulation.Simulation] of its own, which the method takes as
/// a parameter. After each, the world is looked at: programs stop, and leave no timer, connection, descriptor, logged
/// error or unhandled failure behind.
///
///     @Simulated(seeds = 1000)
///     void everyPoemArrivesWhole(Simulation world) { … }
///
/// When it fails, the faults of the first failing seed are made fewer as long as it fails, and the message has one
/// line that repeats that case. [bowline.simulation.ManySeeds] names the system properties for more seeds, and for one
/// case alone.
///
/// All seeds run on the same test instance, after one `@BeforeEach`: what a seed needs is best made by the method.
@Documented
@Test
@ExtendWith(SimulatedExtension.class)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Simulated {

    /// How many seeds, unless `-Dbowline.simulate.seeds` says otherwise.
    long seeds() default 100;

    /// The first of them; the others follow.
    long firstSeed() default 1;

    /// Classes of the program. Before the first seed they are looked at: the test fails if they call what no seed
    /// decides, and says what to use instead ([bowline.simulation.Determinism]).
    Class<?>[] deterministic() default {};

    /// Classes whose whole packages are looked at in the same way.
    ///
    ///     @Simulated(seeds = 1000, deterministicPackagesOf = Poetry.class)
    Class<?>[] deterministicPackagesOf() default {};
}
