package bowline.bench.table;

/// What a server of the table does.
enum Service {
    /// TCP, every byte sent back.
    ECHO,
    /// HTTP/1.1, every request answered by `hello`.
    HTTP,
    /// UDP, every datagram sent back.
    UDP
}
