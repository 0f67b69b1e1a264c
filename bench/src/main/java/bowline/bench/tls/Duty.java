package bowline.bench.tls;

/// What a server of the benchmark does behind its TLS.
enum Duty {
    /// Sends one byte to everybody.
    GREET,
    /// Sends every byte back.
    ECHO,
    /// Sends [#BLOCK_BYTES] for each [#REQUEST_BYTES] that it receives.
    SEND,
    /// Receives, and forgets.
    RECEIVE;

    static final int REQUEST_BYTES = 64;
    static final int BLOCK_BYTES = 1 << 20;
}
