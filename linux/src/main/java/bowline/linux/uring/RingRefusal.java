package bowline.linux.uring;

import bowline.linux.system.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Why a system refuses a ring, and what would have to be changed. The log tells it when another backend is taken.
///
/// @param result what `io_uring_setup` answered, less than 0
/// @param release the kernel's, as `uname -r` tells it
/// @param disabled what `kernel.io_uring_disabled` is set to; empty if there is no such setting
record RingRefusal(long result, String release, String disabled) {
    private static final String NEEDED = "Linux 6.0 or newer is needed, and this is ";

    /// On this machine.
    static RingRefusal here(long result) {
        return new RingRefusal(result, setting("osrelease"), setting("io_uring_disabled"));
    }

    private static String setting(String name) {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/" + name)).strip();
        } catch (IOException absent) {
            return "";
        }
    }

    String reason() {
        return Errno.text(result) + ": " + explanation();
    }

    private String explanation() {
        if (Errno.ENOSYS.is(result)) {
            return "the kernel was built without io_uring, is too old, or a seccomp filter hides it; " + NEEDED
                    + release;
        }
        if (Errno.EINVAL.is(result)) {
            return "the kernel does not know all that is asked of a ring; " + NEEDED + release;
        }
        if (Errno.EPERM.is(result) || Errno.EACCES.is(result)) {
            return forbidden();
        }
        if (Errno.ENOMEM.is(result)) {
            return "there is no memory for a ring; is the limit of locked memory (ulimit -l) or of the control group"
                    + " reached?";
        }
        if (Errno.EMFILE.is(result) || Errno.ENFILE.is(result)) {
            return "a ring needs a file descriptor; raise the limit (ulimit -n)";
        }
        return "no ring can be set up";
    }

    private String forbidden() {
        return switch (disabled) {
            case "2" -> "io_uring is switched off; kernel.io_uring_disabled is 2";
            case "1" ->
                "io_uring is for the privileged and for the group kernel.io_uring_group only;"
                        + " kernel.io_uring_disabled is 1";
            default ->
                "a seccomp filter or a security module forbids io_uring, as in many containers; allow io_uring_setup,"
                        + " io_uring_enter and io_uring_register";
        };
    }
}
