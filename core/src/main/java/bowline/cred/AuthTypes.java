package bowline.cred;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The types of `--auth` that need nothing else (CRD-9).
enum AuthTypes implements CheckerParser {
    ANONYMOUS("", "Let in everybody, without a name") {
        @Override
        public String help() {
            return "Takes no argument.";
        }

        @Override
        public CredentialsChecker parse(String argument, SlowWork work) {
            if (!argument.isEmpty()) {
                throw new IllegalArgumentException("it takes no argument; write --auth anonymous");
            }
            return new AnonymousChecker();
        }
    },
    FILE("PATH", "Users in a file of user:hash lines, as htpasswd -B writes it") {
        @Override
        public String help() {
            return "Hashes of bcrypt, argon2, scrypt, PBKDF2, SHA-crypt ($5$, $6$) and SCRAM-SHA-256 are read;\n"
                    + "bowline password makes lines. The file is read again when it has changed.";
        }

        @Override
        public CredentialsChecker parse(String argument, SlowWork work) {
            Path file = path(argument);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IllegalArgumentException("there is no file " + file + " that can be read");
            }
            return new PasswordFileChecker(file, PasswordFileOptions.DEFAULT, work);
        }
    },
    MEMORY("USER:PASSWORD:…", "Users and passwords as they are, for tests only") {
        @Override
        public String help() {
            return "Pairs of names and passwords, as in memory:alice:secret:bob:hidden. Everybody on this machine\n"
                    + "who can list processes reads them: never for anything but a test.";
        }

        @Override
        public CredentialsChecker parse(String argument, SlowWork work) {
            var checker = new MemoryChecker();
            int at = 0;
            while (at <= argument.length()) {
                int middle = argument.indexOf(':', at);
                if (middle <= at) {
                    throw new IllegalArgumentException(
                            "names and passwords do not come in pairs; write" + " memory:alice:secret:bob:hidden");
                }
                int end = argument.indexOf(':', middle + 1);
                end = end < 0 ? argument.length() : end;
                checker.addUser(argument.substring(at, middle), argument.substring(middle + 1, end));
                at = end + 1;
            }
            return checker;
        }
    },
    UNIX("", "The users of this system") {
        @Override
        public String help() {
            return "Comes with the Linux backends (bowline.linux). Until then, make a file: bowline password and --auth\n"
                    + "file:PATH.";
        }

        @Override
        public CredentialsChecker parse(String argument, SlowWork work) {
            throw new IllegalArgumentException(
                    "the users of the system can only be asked by the Linux backends"
                            + " (bowline.linux), which are not here; make a file with bowline password and use --auth file:PATH");
        }
    };

    private final String argumentName;
    private final String summary;

    AuthTypes(String argumentName, String summary) {
        this.argumentName = argumentName;
        this.summary = summary;
    }

    @Override
    public String type() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String argumentName() {
        return argumentName;
    }

    @Override
    public String summary() {
        return summary;
    }

    static Path path(String argument) {
        if (argument.isEmpty()) {
            throw new IllegalArgumentException("it has no path");
        }
        try {
            return Path.of(argument);
        } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException("its path is none: " + malformed.getReason(), malformed);
        }
    }
}
