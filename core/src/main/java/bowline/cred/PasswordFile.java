package bowline.cred;

import bowline.cred.hash.PasswordHash;
import bowline.failure.Failure;
import bowline.log.Logger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of passwords as it was when it was last read: read again when its modification time or its size has changed.
/// Reading blocks: for a pool's threads, several at a time.
final class PasswordFile {
    private static final Logger log = Logger.of(PasswordFile.class);
    private static final int COMPLAINTS_MAX = 10;

    /// One line.
    ///
    /// @param username as the file has it
    /// @param hash its password's hash
    record User(String username, PasswordHash hash) {}

    private final Path file;
    private final PasswordFileOptions options;
    private @Nullable FileTime readAsOf;
    private long readSize;
    private Map<String, User> users = Map.of();
    private boolean complained;

    PasswordFile(Path file, PasswordFileOptions options) {
        this.file = file;
        this.options = options;
    }

    /// The users by name, in the order of the file; nobody when it cannot be read, which is logged once until
    /// it can be again.
    synchronized Map<String, User> users() {
        try {
            refresh();
            complained = false;
            return users;
        } catch (IOException unreadable) {
            if (!complained) {
                complained = true;
                log.failure(
                        "nobody can log in: the file of passwords {file} cannot be read", Failure.of(unreadable), file);
            }
            return Map.of();
        }
    }

    private void refresh() throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.lastModifiedTime().equals(readAsOf) && now.size() == readSize) {
            return;
        }
        if (!now.isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        byte[] bytes = bytes();
        readAsOf = now.lastModifiedTime();
        readSize = now.size();
        users = Map.of(); // what is above a limit is not read again before it has changed
        users = parse(bytes);
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) Math.min(options.fileMaxBytes() + 1, Integer.MAX_VALUE - 8));
        }
    }

    /// The name under which a user is found.
    String key(String username) {
        return options.caseSensitive() ? username : username.toLowerCase(Locale.ROOT);
    }

    private Map<String, User> parse(byte[] bytes) throws IOException {
        if (bytes.length > options.fileMaxBytes()) {
            throw new IOException("it is larger than the limit fileMaxBytes, " + options.fileMaxBytes());
        }
        Map<String, User> found = new LinkedHashMap<>();
        int number = 0;
        int complaints = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String complaint = take(line, found);
            if (complaint != null && complaints++ < COMPLAINTS_MAX) {
                log.warn("{file}:{line}: nobody can log in by this line: {complaint}", file, number, complaint);
            }
        }
        return found;
    }

    /// Reads one line; answers what is wrong with it, or null. The first line of a user counts.
    private @Nullable String take(String line, Map<String, User> found) throws IOException {
        List<String> fields = fields(line);
        if (fields.size() <= Math.max(options.usernameField(), options.passwordField())) {
            return "it has " + fields.size() + " fields";
        }
        String username = fields.get(options.usernameField());
        if (found.size() >= options.usersMax()) {
            throw new IOException("it has more users than the limit usersMax, " + options.usersMax());
        }
        try {
            PasswordHash hash = PasswordHash.parse(fields.get(options.passwordField()), options.limits());
            boolean first = found.putIfAbsent(key(username), new User(username, hash)) == null;
            return first ? null : "the user has a line above";
        } catch (IllegalArgumentException unusable) {
            return unusable.getMessage();
        }
    }

    /// The fields of a line. A secret of SCRAM has two colons of its own.
    private List<String> fields(String line) {
        var fields = new ArrayList<String>();
        int from = 0;
        while (true) {
            int to = line.indexOf(options.delimiter(), from);
            boolean isPassword = fields.size() == options.passwordField();
            if (isPassword && options.delimiter() == ':' && line.startsWith("SCRAM-", from)) {
                to = after(line, ':', after(line, ':', to));
            }
            fields.add(to < 0 ? line.substring(from) : line.substring(from, to));
            if (to < 0) {
                return fields;
            }
            from = to + 1;
        }
    }

    private static int after(String line, char c, int at) {
        return at < 0 ? -1 : line.indexOf(c, at + 1);
    }
}
