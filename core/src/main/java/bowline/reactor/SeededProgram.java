package bowline.reactor;

import java.security.SecureRandom;
import java.util.IdentityHashMap;
import java.util.function.Function;

/// What belongs to one program in a simulation, as static fields belong to a process: many such programs live in one
/// JVM, at the same time and one after the other, and must not meet in what they share there. For the simulation's
/// thread.
public final class SeededProgram {
    private final SecureRandom random;
    private final IdentityHashMap<Object, Object> belongings = new IdentityHashMap<>();

    /// @param random whose bits the seed decides, for this program alone
    public SeededProgram(SecureRandom random) {
        this.random = random;
    }

    /// Random bits that the seed decides.
    public SecureRandom random() {
        return random;
    }

    /// What `owner`, which may be known to several programs, has in this one; made when it is asked for the first
    /// time.
    ///
    /// @param make gets random bits that the seed decides
    @SuppressWarnings("unchecked") // nobody else puts anything there
    public <T> T belonging(Object owner, Function<SecureRandom, T> make) {
        Object known = belongings.get(owner);
        if (known == null) {
            known = make.apply(random);
            belongings.put(owner, known);
        }
        return (T) known;
    }
}
