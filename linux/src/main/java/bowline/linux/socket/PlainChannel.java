package bowline.linux.socket;

import bowline.linux.system.Errno;
import bowline.linux.system.Memory;
import bowline.reactor.DescriptorChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/// A plain descriptor, read and written by read(2) and write(2).
final class PlainChannel implements DescriptorChannel {
    private final DescriptorReactor reactor;
    private final int fileno;
    private final PlainDescriptors all;
    private boolean open = true;

    PlainChannel(DescriptorReactor reactor, int fileno, PlainDescriptors all) {
        this.reactor = reactor;
        this.fileno = fileno;
        this.all = all;
    }

    @Override
    public int fileno() {
        return fileno;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private void check(String method) throws ClosedChannelException {
        reactor.check(method);
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        check("DescriptorChannel.read");
        if (!into.hasRemaining()) {
            return 0;
        }
        ByteBuffer direct = into.isDirect() ? into : all.memory();
        int room = Math.min(into.remaining(), direct.remaining());
        long result = reactor.system().read(fileno, Memory.addressOf(direct), room);
        if (Errno.EAGAIN.is(result)) {
            return 0;
        }
        int count = (int) Errno.check(result);
        if (into.isDirect()) {
            into.position(into.position() + count);
        } else {
            into.put(direct.limit(count));
        }
        return count == 0 ? -1 : count;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        check("DescriptorChannel.write");
        ByteBuffer direct = bytes.isDirect() ? bytes : all.memory();
        int offered = Math.min(bytes.remaining(), direct.remaining());
        if (!bytes.isDirect()) {
            direct.put(0, bytes, bytes.position(), offered);
        }
        long result = reactor.system().write(fileno, Memory.addressOf(direct), offered);
        int count = Errno.EAGAIN.is(result) ? 0 : (int) Errno.check(result);
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public void close() {
        reactor.check("DescriptorChannel.close");
        if (open) {
            open = false;
            all.closing(fileno);
            reactor.system().close(fileno);
        }
    }

    @Override
    public String toString() {
        return "descriptor " + fileno;
    }
}
