package bowline.simulation.child;

import bowline.simulation.net.Node;
import java.io.IOException;

/// A program's descriptors for the pipes to one child. When its host has lost all it had, they are not given back once
/// more.
final class Descriptors {
    private final Node node;
    private final int life;

    Descriptors(Node node) {
        this.node = node;
        life = node.life();
    }

    /// Takes so many, or none.
    ///
    /// @throws IOException if there are not as many
    void take(int count) throws IOException {
        for (int taken = 0; taken < count; taken++) {
            try {
                node.takeDescriptor();
            } catch (IOException none) {
                for (; taken > 0; taken--) {
                    node.giveDescriptor();
                }
                throw none;
            }
        }
    }

    void giveOne() {
        if (node.life() == life) {
            node.giveDescriptor();
        }
    }
}
