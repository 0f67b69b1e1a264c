package bowline.simulation.invariant;

import bowline.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lives of a test's connections: each begins once, hears nothing before that or after its end, and ends with
/// exactly one reason. For the simulation's thread.
public final class ConnectionLives {
    private final List<Life> lives = new ArrayList<>();

    /// A protocol that is to have a connection.
    public Life expect(String name) {
        var life = new Life(name);
        lives.add(life);
        return life;
    }

    /// How many connections have begun.
    public int begun() {
        return (int) lives.stream().filter(life -> life.made).count();
    }

    /// How many are open.
    public int open() {
        return (int) lives.stream().filter(Life::isOpen).count();
    }

    /// Looks at all of them once the programs have ended.
    ///
    /// @throws AssertionError if one has begun and was never told its end, or broke another rule
    public void check() {
        for (Life life : lives) {
            if (life.broken != null) {
                throw new AssertionError(life.broken);
            }
            if (life.isOpen()) {
                throw new AssertionError(life.name + " was never told of its end");
            }
        }
    }

    /// One connection, as its protocol sees it.
    public static final class Life {
        private final String name;
        private boolean made;
        private boolean died;
        private @Nullable Failure end;
        private @Nullable String broken;

        Life(String name) {
            this.name = name;
        }

        /// `connectionMade` was called.
        public void made() {
            require(!made, "began twice");
            require(end == null, "began after its end");
            made = true;
        }

        /// Anything else was called that needs an open connection.
        public void heard() {
            require(made, "heard something before its beginning");
            require(end == null, "heard something after its end");
        }

        /// `connectionLost` was called.
        public void lost(Failure reason) {
            require(made, "ended before it began");
            require(end == null, "ended twice: " + end + ", then " + reason);
            end = reason;
        }

        /// Its program was killed: nobody is left to hear of the end.
        public void died() {
            died = true;
        }

        /// Whether it has begun and not ended.
        public boolean isOpen() {
            return made && end == null && !died;
        }

        /// Why it ended, or null if it has not.
        public @Nullable Failure end() {
            return end;
        }

        private void require(boolean holds, String otherwise) {
            if (!holds) {
                broken = broken == null ? name + " " + otherwise : broken;
                throw new AssertionError(broken);
            }
        }
    }
}
