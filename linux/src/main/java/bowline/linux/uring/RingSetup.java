package bowline.linux.uring;

/// How large the queues and pools of a ring are, and what the kernel is asked for.
///
/// @param entries most entries between two enters; when there are more, the ring is entered for them
/// @param completions most completions that wait; the kernel keeps what is beyond
/// @param buffers how many receive buffers the kernel is lent, a power of two
/// @param heldMaxBytes most bytes that were received and wait in the heap for protocols that have paused; what is
///     beyond stays in the buffers, and once these are used up no more is received than is read
/// @param deferred whether completions are made only while the ring is entered, if the kernel can do so
record RingSetup(int entries, int completions, int buffers, long heldMaxBytes, boolean deferred) {
    /// For a program: buffers for what one turn receives, 4 MiB together, a page of memory only once used.
    static final RingSetup DEFAULT = new RingSetup(1024, 16_384, 256, 16L << 20, true);
}
