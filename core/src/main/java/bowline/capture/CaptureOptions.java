package bowline.capture;

/// What is captured, and how much of it.
///
/// @param mode which connections are written
/// @param connectionMaxBytes how many bytes of data are kept of a connection, both ways together; older ones are
/// dropped
/// @param connectionMaxEvents how many events are kept of a connection; older ones are dropped
/// @param maxConnections how many connections are captured at once; further ones are served without
/// @param fileMaxBytes how long a file may become; the oldest events are left out of it
/// @param maxFiles how many files are written in all; then no more are
/// @param masking what is left out of what is kept
public record CaptureOptions(
        CaptureMode mode,
        int connectionMaxBytes,
        int connectionMaxEvents,
        int maxConnections,
        int fileMaxBytes,
        int maxFiles,
        Masking masking) {

    /// On error; 64 KiB and 1000 events of each of 1000 connections, so 64 MiB of data at most; 1000 files of
    /// at most 1 MiB. What HTTP and SOCKS have for secrets is masked.
    public static final CaptureOptions USUAL = new CaptureOptions(
            CaptureMode.ON_ERROR,
            65_536,
            1_000,
            1_000,
            1 << 20,
            1_000,
            Masking.http().and(Masking.socks()));

    /// The least that a file can hold: its head and some events.
    private static final int LEAST_FILE_BYTES = 4_096;

    /// Checks that something can be kept.
    public CaptureOptions {
        if (connectionMaxBytes < 1 || connectionMaxEvents < 1 || maxConnections < 1 || maxFiles < 1) {
            throw new IllegalArgumentException("a capture of " + connectionMaxBytes + " bytes and "
                    + connectionMaxEvents + " events of " + maxConnections + " connections in " + maxFiles
                    + " files: each must be at least 1; to capture nothing there is CaptureMode.OFF");
        }
        if (fileMaxBytes < LEAST_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "fileMaxBytes " + fileMaxBytes + " is less than the " + LEAST_FILE_BYTES + " that a head may need");
        }
    }

    /// The same in another mode.
    public CaptureOptions mode(CaptureMode other) {
        return new CaptureOptions(
                other, connectionMaxBytes, connectionMaxEvents, maxConnections, fileMaxBytes, maxFiles, masking);
    }

    /// The same with another measure of what is kept of one connection.
    public CaptureOptions ofConnection(int maxBytes, int maxEvents) {
        return new CaptureOptions(mode, maxBytes, maxEvents, maxConnections, fileMaxBytes, maxFiles, masking);
    }

    /// The same with another number of connections at once.
    public CaptureOptions maxConnections(int max) {
        return new CaptureOptions(mode, connectionMaxBytes, connectionMaxEvents, max, fileMaxBytes, maxFiles, masking);
    }

    /// The same with another size and number of files.
    public CaptureOptions files(int maxBytes, int max) {
        return new CaptureOptions(
                mode, connectionMaxBytes, connectionMaxEvents, maxConnections, maxBytes, max, masking);
    }

    /// The same with another masking.
    public CaptureOptions masking(Masking other) {
        return new CaptureOptions(
                mode, connectionMaxBytes, connectionMaxEvents, maxConnections, fileMaxBytes, maxFiles, other);
    }
}
