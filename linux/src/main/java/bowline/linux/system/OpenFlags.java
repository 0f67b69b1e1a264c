package bowline.linux.system;

/// Flags that descriptors are opened and made with (open(2)). Both machines that we know share these.
public final class OpenFlags {
    /// `O_WRONLY`
    public static final int WRITE_ONLY = 1;
    /// `O_RDWR`
    public static final int READ_WRITE = 2;
    /// `O_NOCTTY`
    public static final int NO_CONTROLLING_TERMINAL = 0x100;
    /// `O_NONBLOCK`
    public static final int NONBLOCK = 0x800;
    /// `O_CLOEXEC`
    public static final int CLOEXEC = 0x80000;

    private OpenFlags() {}
}
