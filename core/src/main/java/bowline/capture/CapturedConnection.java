package bowline.capture;

import bowline.protocol.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// One connection as it was captured.
///
/// @param protocol the log prefix of its protocol
/// @param opened when it began
/// @param host the address of this end
/// @param peer the address of the other
/// @param dropped what was not kept
/// @param events what was, oldest first
public record CapturedConnection(
        String protocol, Instant opened, Address host, Address peer, Dropped dropped, List<CaptureEvent> events) {

    /// The longest file that is read.
    public static final long FILE_MAX_BYTES = 64L << 20;

    /// How much at the beginning of a connection was not kept, for want of room.
    ///
    /// @param events how many events
    /// @param received how many bytes that had come
    /// @param written how many bytes that were written
    public record Dropped(long events, long received, long written) {
        /// Nothing.
        public static final Dropped NOTHING = new Dropped(0, 0, 0);
    }

    /// Keeps a copy of the list.
    public CapturedConnection {
        events = List.copyOf(events);
    }

    /// Reads a file.
    ///
    /// @throws IOException if it cannot be read, is too long, or is no capture of a known version; the message
    /// names the line
    public static CapturedConnection read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > FILE_MAX_BYTES) {
            throw new IOException(file + " has " + size + " bytes, and a capture at most " + FILE_MAX_BYTES);
        }
        return CaptureText.read(file.toString(), Files.readString(file, StandardCharsets.US_ASCII));
    }

    /// Whether a part of it was masked.
    public boolean isMasked() {
        return events.stream().anyMatch(event -> {
            for (int i = 0; i < event.length(); i++) {
                if (event.isMasked(i)) {
                    return true;
                }
            }
            return false;
        });
    }

    /// The text of a file for it, as the map of this package has it.
    @Override
    public String toString() {
        return CaptureText.text(this, Integer.MAX_VALUE);
    }
}
