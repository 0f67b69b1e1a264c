package bowline.process;

/// How large the window of a terminal is, in characters. Programs that draw the whole of it ask for this.
///
/// @param columns from 1 to 65535
/// @param rows from 1 to 65535
public record WindowSize(int columns, int rows) {
    private static final int MOST = 65_535;

    /// Checks.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public WindowSize {
        if (columns < 1 || columns > MOST || rows < 1 || rows > MOST) {
            throw new IllegalArgumentException(
                    "a window of " + columns + " columns and " + rows + " rows; there are 1 to " + MOST + " of each");
        }
    }
}
