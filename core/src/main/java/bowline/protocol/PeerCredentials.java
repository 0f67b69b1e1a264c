package bowline.protocol;

/// Who is at the other end of a UNIX socket, as the system knows him: not as he says.
///
/// @param pid the process that connected, or that called `listen`; 0 if this process cannot see it
/// @param uid its user
/// @param gid its group
public record PeerCredentials(int pid, int uid, int gid) {}
