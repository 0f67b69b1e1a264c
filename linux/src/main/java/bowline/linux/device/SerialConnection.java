package bowline.linux.device;

import bowline.defer.Deferred;
import bowline.device.ModemLines;
import bowline.device.SerialSettings;
import bowline.device.SerialTransport;
import bowline.failure.Failure;
import bowline.linux.socket.DescriptorConnection;
import bowline.linux.socket.DescriptorReactor;
import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.linux.system.OpenFlags;
import bowline.linux.system.SystemCalls;
import bowline.protocol.TransportLimits;
import bowline.reactor.loop.DeviceSocketAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An open serial port.
final class SerialConnection extends DescriptorConnection implements SerialTransport {

    // Of flock(2): exclusive, without waiting
    private static final int LOCK_AT_ONCE = 2 | 4;

    /// How long a closed port may take to send what is left; then that is dropped.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    private final SerialLine line;
    private final ByteBuffer buffer;
    private SerialSettings settings;

    private SerialConnection(
            DescriptorReactor reactor,
            int descriptor,
            DeviceSocketAddress where,
            SerialSettings settings,
            TransportLimits limits,
            ByteBuffer buffer) {
        super(reactor, descriptor, where, where, limits);
        this.settings = settings;
        this.buffer = buffer;
        line = new SerialLine(reactor.system(), descriptor);
    }

    /// Opens the port, for us alone.
    ///
    /// @param buffer a direct one of [OwnDevices#WRITE_MAX_BYTES], for the time of a write
    static SerialConnection open(
            DescriptorReactor reactor, Path device, SerialSettings settings, TransportLimits limits, ByteBuffer buffer)
            throws IOException {
        var where = new DeviceSocketAddress(device.toString());
        var made = new SerialConnection(reactor, open(reactor.system(), device), where, settings, limits, buffer);
        try {
            made.prepare();
        } catch (IOException refused) {
            reactor.system().close(made.descriptor);
            throw refused;
        }
        reactor.poller().own(made.descriptor, made);
        return made;
    }

    private static int open(SystemCalls system, Path device) throws IOException {
        int flags = OpenFlags.READ_WRITE | OpenFlags.NO_CONTROLLING_TERMINAL | OpenFlags.NONBLOCK | OpenFlags.CLOEXEC;
        long opened = system.open(device.toString(), flags);
        if (Errno.EBUSY.is(opened)) {
            throw inUse();
        }
        return (int) Errno.check(opened);
    }

    private static IOException inUse() {
        return new IOException("another program uses it; a serial port is for one at a time");
    }

    private void prepare() throws IOException {
        long locked = reactor.system().lock(descriptor, LOCK_AT_ONCE);
        if (Errno.EAGAIN.is(locked)) {
            throw inUse();
        }
        Errno.check(locked);
        try {
            line.exclusive();
        } catch (IOException none) {
            throw new IOException("it is no serial port: " + none.getMessage(), none);
        }
        line.set(settings);
        line.forget(SerialLine.INPUT);
    }

    // Bytes

    @Override
    protected int receive(ByteBuffer into) throws IOException {
        long count = reactor.system().read(descriptor, Memory.addressOf(into), into.remaining());
        if (Errno.EAGAIN.is(count)) {
            return 0;
        }
        if (count == 0) {
            throw new IOException("the device has hung up; was it unplugged?");
        }
        into.position(into.position() + (int) Errno.check(count));
        return (int) count;
    }

    @Override
    protected int send(ByteBuffer bytes) throws IOException {
        int offered = Math.min(bytes.remaining(), OwnDevices.WRITE_MAX_BYTES);
        buffer.clear().put(0, bytes, bytes.position(), offered);
        int sent = write(offered);
        bytes.position(bytes.position() + sent);
        return sent;
    }

    @Override
    protected long send(ByteBuffer[] pieces, int first, int count) throws IOException {
        long sent = 0;
        for (int i = first; i < first + count; i++) {
            sent += send(pieces[i]);
            if (pieces[i].hasRemaining()) {
                break;
            }
        }
        return sent;
    }

    @Override
    protected long transfer(FileChannel file, long position, long count) throws IOException {
        int read = file.read(buffer.clear().limit((int) Math.min(count, OwnDevices.WRITE_MAX_BYTES)), position);
        return read <= 0 ? 0 : write(read);
    }

    private int write(int count) throws IOException {
        long sent = reactor.system().write(descriptor, Memory.addressOf(buffer.clear()), count);
        return Errno.EAGAIN.is(sent) ? 0 : (int) Errno.check(sent);
    }

    /// There is no such thing on the line.
    @Override
    protected void shutdownOutput() {}

    // The end

    /// What the system has still to send goes out afterwards, unless the connection was aborted.
    @Override
    protected void close(boolean reset) {
        if (reset) {
            line.forget(SerialLine.OUTPUT);
        }
        if (line.outputWaiting() > 0) {
            drainBeside();
        } else {
            line.shared();
        }
        reactor.close(descriptor);
    }

    /// On a thread, with a descriptor of its own, for closing the last one waits until all is sent.
    private void drainBeside() {
        long copy = reactor.system().duplicate(descriptor, 0);
        if (copy < 0) {
            line.forget(SerialLine.OUTPUT); // else the reactor would be the one that waits
            return;
        }
        Thread.ofPlatform().daemon().name("serial-" + copy + "-closing").start(() -> {
            var system = new SystemCalls();
            new SerialLine(system, (int) copy).drain(DRAIN_MAX);
            system.close((int) copy);
        });
    }

    // What a serial line has beside bytes

    @Override
    public SerialSettings settings() {
        return settings;
    }

    @Override
    public void settings(SerialSettings newSettings) {
        SerialLine open = open("SerialTransport.settings");
        try {
            open.set(newSettings);
        } catch (IOException refused) {
            throw new UnsupportedOperationException(
                    peer() + ": " + Failure.of(refused).message(), refused);
        }
        settings = newSettings;
    }

    @Override
    public ModemLines modemLines() {
        return open("SerialTransport.modemLines").lines();
    }

    @Override
    public void dataTerminalReady(boolean on) {
        open("SerialTransport.dataTerminalReady").dataTerminalReady(on);
    }

    @Override
    public void requestToSend(boolean on) {
        open("SerialTransport.requestToSend").requestToSend(on);
    }

    @Override
    public Deferred<@Nullable Void> sendBreak(Duration length) {
        open("SerialTransport.sendBreak").breaking(true);
        var over = new Deferred<@Nullable Void>();
        reactor.callLater(length, () -> {
            if (connected()) { // else closing has ended it, and the descriptor may be another's
                line.breaking(false);
            }
            over.callback(null);
        });
        return over;
    }

    @Override
    public void discardInput() {
        open("SerialTransport.discardInput").forget(SerialLine.INPUT);
    }

    /// The line, which is still ours.
    private SerialLine open(String door) {
        reactor.check(door);
        if (!connected()) {
            throw new IllegalStateException(door + ": the serial port is closed");
        }
        return line;
    }
}
