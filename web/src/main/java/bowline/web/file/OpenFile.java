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

/// A file opened once, and what is true of it and of no other that may stand under its name later (W1).
///
/// Java cannot ask an open file for its attributes, so they are read before and after opening: if both agree
/// on which file it is, how long and how old, they are those of the file that was opened.
///
/// @param channel to be closed by whoever got this
record OpenFile(FileChannel channel, Validators validators) {
    private static final int TRIES = 3;

    /// Opens a regular file.
    ///
    /// @throws HttpError 404 if it is gone or no regular file any more, 503 if it changes all the time
    static OpenFile open(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            BasicFileAttributes before = attributes(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            if (same(before, attributes(path)) && channel.size() == before.size()) {
                return new OpenFile(channel, Validators.of(before));
            }
            channel.close();
        }
        throw new HttpError(Status.SERVICE_UNAVAILABLE, "The file is being changed. Try again later.");
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
                throw new HttpError(Status.SERVICE_UNAVAILABLE, "The file is being changed. Try again later.");
            }
        }
        return bytes.array();
    }
}
