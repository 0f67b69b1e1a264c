package bowline.protocol;

import org.jspecify.annotations.Nullable;

/// Where an end of a connection is: a value with equality (TRA-14).
public sealed interface Address {

    /// What carries the bytes between two Internet addresses.
    enum Carrier {
        /// A connection.
        TCP,
        /// Datagrams.
        UDP
    }

    /// The host part as text: an address, a name or a path; empty when there is none.
    String host();

    /// An Internet address of version 4.
    ///
    /// @param host in dotted decimal form
    record IPv4(Carrier carrier, String host, int port) implements Address {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// An Internet address of version 6.
    ///
    /// @param host in RFC 5952 form, without brackets and zone
    record IPv6(Carrier carrier, String host, int port, int flowInfo, int scopeId) implements Address {
        /// Without flow information and scope.
        public IPv6(Carrier carrier, String host, int port) {
            this(carrier, host, port, 0, 0);
        }

        @Override
        public String toString() {
            return "[" + host + "]:" + port;
        }
    }

    /// A name that is still to be looked up.
    record Hostname(String host, int port) implements Address {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// A socket in the file system; `path` is null for an unnamed one (UNX-6). One that begins with a NUL is an
    /// abstract name of Linux, which is no file (UNX-5).
    record Unix(@Nullable String path) implements Address {
        /// Whether it is an abstract name.
        public boolean isAbstract() {
            return path != null && path.startsWith("\0");
        }

        @Override
        public String host() {
            return path == null ? "" : path;
        }

        @Override
        public String toString() {
            return path == null ? "unix:(unnamed)" : "unix:" + path.replace('\0', '@');
        }
    }

    /// A pipe or standard input and output.
    record Pipe() implements Address {
        @Override
        public String host() {
            return "";
        }

        @Override
        public String toString() {
            return "pipe";
        }
    }

    /// A device of this machine.
    ///
    /// @param name path of its file, or the name of a network interface
    record Device(String name) implements Address {
        @Override
        public String host() {
            return name;
        }

        @Override
        public String toString() {
            return "device:" + name;
        }
    }

    /// A child process.
    record ChildProcess(long pid) implements Address {
        @Override
        public String host() {
            return "";
        }

        @Override
        public String toString() {
            return "process:" + pid;
        }
    }
}
