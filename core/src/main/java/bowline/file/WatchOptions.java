package bowline.file;

/// How to watch.
///
/// @param recursive whether folders inside of folders are watched too, those that come later included. Symbolic
/// links are not followed.
/// @param foldersMax how many folders are watched at most, 1 to 1000000
public record WatchOptions(boolean recursive, int foldersMax) {
    private static final int MOST_FOLDERS = 1_000_000;

    /// One folder, and nothing inside of its folders.
    public static final WatchOptions DEFAULT = new WatchOptions(false, 8192);

    /// Checks.
    ///
    /// @throws IllegalArgumentException if the limit is out of its range
    public WatchOptions {
        if (foldersMax < 1 || foldersMax > MOST_FOLDERS) {
            throw new IllegalArgumentException("foldersMax " + foldersMax + " is not between 1 and " + MOST_FOLDERS);
        }
    }

    /// Folders inside of folders, or not.
    public WatchOptions recursive(boolean on) {
        return new WatchOptions(on, foldersMax);
    }

    /// So many folders at most.
    public WatchOptions foldersMax(int most) {
        return new WatchOptions(recursive, most);
    }
}
