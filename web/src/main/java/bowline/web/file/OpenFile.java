package bowline.web.file;

import bowline.web.message.Status;
import bowline.web.server.HttpError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file opened once, and what is true of it and of no other that may stand under its name later (W1).
///
/// Java cannot ask an open file for its attributes, so they are read before and after opening: if both agree
/// on which file it is, how long and how old, they are those of the file that was opened. Its path is asked once more
/// as well: it must still be the real one, so that no directory on the way has become a link to elsewhere since.
///
/// What remains: somebody who may write below the root, and exchanges a directory or file and puts it back within
/// those few calls. Nobody should be let write there who may not read what the server may.
///
/// @param channel to be closed by whoever got this
record OpenFile(FileChannel channel, Validators validators) {
    private static final int TRIES = 3;

    /// Opens a regular file.
    ///
    /// @param path its real path
    /// @throws HttpError 404 if it is gone or no regular file any more, 503 if it changes all the time
    static OpenFile open(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            OpenFile opened = tryOpening(path);
            if (opened != null) {
                return opened;
            }
        }
        throw beingChanged();
    }

    private static @Nullable OpenFile tryOpening(Path path) throws IOException {
        BasicFileAttributes before = attributes(path);
        FileChannel channel = channel(path);
        boolean same = false;
        try {
            same = same(before, attributes(path)) && channel.size() == before.size() && isReal(path);
            return same ? new OpenFile(channel, Validators.of(before)) : null;
        } finally {
            if (!same) {
                channel.close();
            }
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            throw new HttpError(Status.NOT_FOUND);
        }
    }

    private static boolean isReal(Path path) throws IOException {
        try {
            if (path.toRealPath().equals(path)) {
                return true;
            }
        } catch (NoSuchFileException gone) {
            // Not what it was either.
        }
        throw new HttpError(Status.NOT_FOUND);
    }

    private static HttpError beingChanged() {
        return new HttpError(Status.SERVICE_UNAVAILABLE, "The file is being changed. Try again later.");
    }

    /// Never opens what is no regular file: to open a pipe would wait for its other end.
    private static BasicFileAttributes attributes(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                return attributes;
            }
        } catch (NoSuchFileException gone) {
            // As if it had never been there.
        }
        throw new HttpError(Status.NOT_FOUND);
    }

    private static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
        return Objects.equals(one.fileKey(), other.fileKey())
                && one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime());
    }

    /// Reads a part into memory.
    ///
    /// @throws HttpError 503 if it is shorter than it was
    byte[] read(long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw beingChanged();
            }
        }
        return bytes.array();
    }
}
