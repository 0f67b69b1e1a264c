package bowline.log.daemon;

import bowline.log.AsyncLogObserver;
import bowline.log.LogEvent;
import bowline.log.LogObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Sends events to systemd's journal, by the stream that it has for the standard output of services: texts with
/// their severity. Each line of a text is an entry of its own there, and the event's other keys do not get
/// through: they would need the journal's socket for datagrams, which NIO does not have. Safe for any
/// thread, and never waits on the one that logs; of outages the same is true as for [SyslogObserver].
///
/// A service that systemd started needs this only where its standard output goes elsewhere.
public final class JournalObserver implements LogObserver, AutoCloseable {

    /// Where journald listens.
    public static final Path SOCKET = Path.of("/run/systemd/journal/stdout");

    private final DaemonQueue queue;

    /// Sends events to the machine's journal, under the name `identifier`.
    public JournalObserver(String identifier) {
        this(identifier, SOCKET);
    }

    /// As [#JournalObserver(String)], with journald listening elsewhere.
    public JournalObserver(String identifier, Path socket) {
        this.queue = new DaemonQueue(
                "the journal at " + socket,
                () -> greeted(socket, identifier),
                JournalFormat::write,
                AsyncLogObserver.QUEUE_MAX_EVENTS);
    }

    private static DaemonWire greeted(Path socket, String identifier) throws IOException {
        StreamWire wire = StreamWire.unix(socket.toString());
        try {
            wire.send(ByteBuffer.wrap(JournalFormat.greeting(identifier)));
            return wire;
        } catch (IOException failed) {
            wire.close();
            throw failed;
        }
    }

    @Override
    public void observe(LogEvent event) {
        queue.observe(event);
    }

    /// As [SyslogObserver#close].
    @Override
    public void close() {
        queue.close();
    }
}
