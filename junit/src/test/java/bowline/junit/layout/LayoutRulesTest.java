package bowline.junit.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rules find what is planted for them, and nothing in a tidy package.
class LayoutRulesTest {

    private static final String PLANTED = "bowline.junit.layout.planted.";

    @Test
    void seesACircleThatHidesInAGenericSignature() throws Exception {
        assertThat(planted("circle").cycles())
                .containsExactly("packages in a circle: "
                        + PLANTED + "circle.north.Compass uses " + PLANTED + "circle.south.Needle, "
                        + PLANTED + "circle.south.Needle uses " + PLANTED + "circle.north.Compass");
        assertThat(planted("floors").cycles()).isEmpty();
    }

    @Test
    void seesAnArrowThatPointsUp() throws Exception {
        Set<String> low = Set.of(PLANTED + "floors.low");
        Set<String> high = Set.of(PLANTED + "floors.high");

        assertThat(planted("floors").floors(List.of(low, high)))
                .containsExactly(PLANTED + "floors.low (floor 0) knows " + PLANTED + "floors.high (floor 1): " + PLANTED
                        + "floors.low.Cellar uses " + PLANTED + "floors.high.Attic");
        assertThat(planted("floors").floors(List.of(high, low))).isEmpty();
    }

    @Test
    void asksForAFloorForEveryPackage() throws Exception {
        assertThat(planted("tidy").floors(List.of()))
                .containsExactly("package " + PLANTED + "tidy stands on no floor; give it one");
    }

    @Test
    void seesSocketsThreadsAndClocksInAPurePackage() throws Exception {
        String impostor = PLANTED + "pure.Impostor uses ";

        assertThat(planted("pure").impurities())
                .containsExactlyInAnyOrder(
                        impostor + "java.nio.channels.SocketChannel",
                        impostor + "java.lang.Thread",
                        impostor + "java.lang.System.nanoTime",
                        impostor + "java.time.Instant.now");
    }

    @Test
    void seesAPackageWithoutAMap() throws Exception {
        assertThat(planted("unmapped").unmapped())
                .containsExactly("package " + PLANTED + "unmapped has no package-info.java with @NullMarked");
    }

    @Test
    void seesAForbiddenClass() throws Exception {
        assertThat(planted("unmapped").uses(_ -> true, "java.util.Random"::equals))
                .containsExactly(PLANTED + "unmapped.Lost uses java.util.Random");
    }

    @Test
    void findsNothingInATidyPackage() throws Exception {
        LayoutRules tidy = planted("tidy");

        assertThat(tidy.impurities()).isEmpty();
        assertThat(tidy.unmapped()).isEmpty();
        assertThat(tidy.cycles()).isEmpty();
    }

    private static LayoutRules planted(String bed) throws URISyntaxException {
        Path classes = Path.of(LayoutRulesTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return LayoutRules.of(Rooms.in(List.of(classes)).only(name -> name.startsWith(PLANTED + bed)));
    }
}
