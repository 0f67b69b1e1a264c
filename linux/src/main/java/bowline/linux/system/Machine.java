package bowline.linux.system;

/// A kind of processor that we know: where its numbers of system calls and its structures differ from the others'.
enum Machine {
    /// x86 with 64 bits, which packs a `struct epoll_event` into 12 bytes
    X86_64,
    /// ARM with 64 bits
    AARCH64;

    /// The one that this JVM runs on.
    static final Machine PRESENT = of(System.getProperty("os.arch", "unknown"));

    /// @param name as the JVM calls it
    /// @throws UnsupportedOperationException if it is none of these
    static Machine of(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default ->
                throw new UnsupportedOperationException(
                        "its system calls are known for x86-64 and aarch64 only, and this is " + name);
        };
    }
}
