package bowline.web.client;

import bowline.defer.Deferred;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A body on its way into a file. It is written beside the file's place and moved there when it is whole, so that
/// nobody ever finds half of it.
///
/// The pieces are written on the reactor's thread: they go to the system's page cache, which costs less than
/// handing each to a thread and waiting for it.
final class Download implements BodyReceiver {
    private static final Logger log = Logger.of(Download.class);

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final ClientResponse response;
    private final Deferred<Long> done;
    private long length;
    private boolean over;

    private Download(Path file, Path part, FileChannel channel, ClientResponse response) {
        this.file = file;
        this.part = part;
        this.channel = channel;
        this.response = response;
        this.done = new Deferred<>(_ -> giveUp());
    }

    static Deferred<Long> into(Path file, ClientResponse response) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            Path part = Files.createTempFile(directory, "." + file.getFileName(), ".part");
            var download = new Download(file, part, FileChannel.open(part, StandardOpenOption.WRITE), response);
            response.deliverBody(download);
            return download.done;
        } catch (IOException broken) {
            response.discard();
            return Deferred.fail(broken);
        }
    }

    @Override
    public void bodyReceived(ByteBuffer piece) {
        if (over) {
            return;
        }
        try {
            length += piece.remaining();
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        } catch (IOException full) {
            finish(Failure.of(full));
            response.discard();
        }
    }

    @Override
    public void bodyEnded() {
        if (over) {
            return;
        }
        try {
            channel.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            finish(Failure.of(broken));
            return;
        }
        over = true;
        done.callback(length);
    }

    @Override
    public void bodyFailed(Failure reason) {
        finish(reason);
    }

    private void giveUp() {
        try {
            leaveNothing();
        } catch (IOException broken) {
            log.failure("removing {part} failed", Failure.of(broken), part);
        }
        response.discard();
    }

    private void finish(Failure reason) {
        if (over) {
            return;
        }
        try {
            leaveNothing();
        } catch (IOException alsoBroken) {
            reason.value().addSuppressed(alsoBroken);
        }
        done.errback(reason);
    }

    private void leaveNothing() throws IOException {
        over = true;
        channel.close();
        Files.deleteIfExists(part);
    }
}
