package bowline.reactor;

/// A socket that listens, on its way from one process to another.
///
/// @param name what it listens at, in the words of those who opened it, as in `tcp 127.0.0.1 8000`
/// @param descriptor of the socket
public record OpenPort(String name, int descriptor) {}
