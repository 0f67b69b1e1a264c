package bowline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.framing.LineFramer;
import bowline.haproxy.message.ProxyHeaderMachine;
import bowline.protocol.LineReceiver;
import bowline.simulation.wild.Dice;
import bowline.socks.message.SocksServerMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/// Calls whose answers no seed decides are named, with what to use instead.
class DeterminismTest {

    /// Never run; its class file is read.
    static class Wild {
        LongSupplier clock() {
            return System::nanoTime;
        }

        Instant time() {
            return Instant.now();
        }

        double dice() {
            return Math.random() + ThreadLocalRandom.current().nextInt() + new Random().nextInt();
        }

        void sleeps() throws InterruptedException {
            Thread.sleep(1);
        }

        Thread thread() {
            return new Thread(() -> {});
        }

        Socket socket() throws IOException {
            return new Socket(InetAddress.getByName("poet"), 7);
        }

        static class Nested {
            long deep() {
                return System.currentTimeMillis();
            }
        }
    }

    /// What it calls is given to it.
    static class Tame {
        Instant time(Clock clock) {
            return Instant.now(clock);
        }

        int dice(long seed) {
            return new Random(seed).nextInt();
        }

        InetAddress literal() {
            return InetAddress.ofLiteral("10.0.0.1");
        }
    }

    @Test
    void namesEachCallWithItsPlace() {
        List<String> found = Determinism.escapes(Wild.class);

        for (String call : List.of(
                "Wild.clock, line \\d+: calls java.lang.System.nanoTime; use the reactor's now",
                "Wild.time, line \\d+: calls java.time.Instant.now; use the reactor's now",
                "Wild.dice, line \\d+: calls java.lang.Math.random; use Simulation.random",
                "Wild.dice, line \\d+: calls java.util.concurrent.ThreadLocalRandom.current; use Simulation.random",
                "Wild.dice, line \\d+: calls new java.util.Random; use Simulation.random",
                "Wild.sleeps, line \\d+: calls java.lang.Thread.sleep; use the reactor's callLater",
                "Wild.thread, line \\d+: calls new java.lang.Thread; use the reactor's deferToThread",
                "Wild.socket, line \\d+: calls new java.net.Socket; use the reactor's connectTcp",
                "Wild.socket, line \\d+: calls java.net.InetAddress.getByName; use the reactor's resolver",
                "Wild.Nested.deep, line \\d+: calls java.lang.System.currentTimeMillis; use the reactor's now")) {
            assertThat(found)
                    .filteredOn(line -> line.replace('$', '.').matches(".*" + call + ".*"))
                    .as(call)
                    .hasSize(1);
        }
        assertThat(found).hasSize(10).noneMatch(line -> line.contains("line 0"));
    }

    @Test
    void failsWithAllOfThem() {
        assertThatThrownBy(() -> Determinism.check(Tame.class, Wild.class))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("10 calls")
                .hasMessageContaining("System.nanoTime");
    }

    @Test
    void whatIsGivenToAProgramIsFine() {
        assertThat(Determinism.escapes(Tame.class)).isEmpty();
        Determinism.check(Tame.class);
    }

    @Test
    void readsWholePackages() {
        List<String> found = Determinism.escapesOfPackages(Dice.class);

        assertThat(found)
                .satisfiesExactly(
                        it -> assertThat(it).contains("Dice$Nested.time").contains("System.nanoTime"),
                        it -> assertThat(it).contains("Dice.shuffles").contains("shuffle with a generator"),
                        it -> assertThat(it).contains("Dice.name").contains("new UUID with two numbers"),
                        it -> assertThat(it).contains("Home.path").contains("use an option that you were given"));
        assertThatThrownBy(() -> Determinism.checkPackages(Dice.class))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("4 calls");
    }

    @Test
    void readsPackagesOfJarsAndOfTheJdk() {
        assertThat(Determinism.escapesOfPackages(Test.class)) // from a jar
                .anyMatch(line -> line.startsWith("org.junit.jupiter.api.AssertTimeout.assertTimeout, line "));
        assertThat(Determinism.escapesOfPackages(Random.class)).anyMatch(line -> line.startsWith("java.util.Timer"));
    }

    /// What is pure, is.
    @Test
    void theRoomsOfProtocolsAreDeterministic() {
        Determinism.checkPackages(
                LineReceiver.class, LineFramer.class, ProxyHeaderMachine.class, SocksServerMachine.class);
    }
}
