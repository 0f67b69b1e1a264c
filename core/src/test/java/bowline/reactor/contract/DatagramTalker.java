package bowline.reactor.contract;

import bowline.protocol.Address;
import bowline.protocol.DatagramProtocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A datagram protocol that does what the test says, and remembers what was done to it.
class DatagramTalker extends DatagramProtocol {
    final List<String> calls = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    final List<Address> senders = new ArrayList<>();
    private Step whenStarted = _ -> {};
    private Step whenData = _ -> {};
    private Step whenRefused = _ -> {};

    /// What to do, when.
    interface Step {
        void run(DatagramTalker self);
    }

    DatagramTalker onStart(Step step) {
        whenStarted = step;
        return this;
    }

    DatagramTalker onData(Step step) {
        whenData = step;
        return this;
    }

    DatagramTalker onRefused(Step step) {
        whenRefused = step;
        return this;
    }

    /// What came last.
    String last() {
        return heard.getLast();
    }

    /// Who sent what came last.
    Address from() {
        return senders.getLast();
    }

    @Override
    public void startProtocol() {
        calls.add("start");
        whenStarted.run(this);
    }

    @Override
    public void stopProtocol() {
        calls.add("stop");
    }

    @Override
    public void datagramReceived(ByteBuffer datagram, Address from) {
        heard.add(StandardCharsets.UTF_8.decode(datagram).toString());
        senders.add(from);
        whenData.run(this);
    }

    @Override
    public void connectionRefused() {
        calls.add("refused");
        whenRefused.run(this);
    }
}
