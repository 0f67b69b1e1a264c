package bowline.run;

import bowline.cred.hash.HashScheme;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `bowline password USER`: prints a line for a file of passwords (`--auth file:PATH`). The password comes from the
/// terminal, without echo and twice, or is the first line of the input; never from the command line, which everybody on
/// the machine can read.
final class PasswordCommand {
    static final String SUMMARY =
            "Make a line for a file of passwords; the password is asked for or read from the input";

    private static final String COMMAND = "bowline password";
    private static final int PASSWORD_MAX_CHARS = 1024;
    private static final List<ServiceOption> OPTIONS =
            List.of(ServiceOption.value("scheme", "SCHEME", "How to hash it: " + schemes())
                    .defaultsTo("argon2id"));

    private final InputStream in;
    private final PrintStream out;
    private final @Nullable Console console;

    /// @param console where a person types; null where none does
    PasswordCommand(InputStream in, PrintStream out, @Nullable Console console) {
        this.in = in;
        this.out = out;
        this.console = console;
    }

    private static String schemes() {
        return Arrays.stream(HashScheme.values()).map(HashScheme::title).collect(Collectors.joining(", "));
    }

    int run(List<String> words) {
        Given given = CommandLines.read(COMMAND, OPTIONS, words, true);
        if (given.help()) {
            out.print("bowline password [--scheme SCHEME] USER\n\n" + SUMMARY + ".\nSchemes: " + schemes()
                    + ".\n\n  bowline password alice >> /etc/bowline/passwords\n"
                    + "  bowline password --scheme scram-sha-256 alice < secret\n");
            return ExitCode.OK;
        }
        if (given.rest().size() != 1) {
            throw new UsageError("whose password?", COMMAND + " USER, and nothing behind; the password is asked for");
        }
        HashScheme scheme = scheme(ServiceArguments.of(OPTIONS, given.values()));
        String line = line(given.rest().getFirst(), scheme);
        out.println(line);
        return ExitCode.OK;
    }

    private static HashScheme scheme(ServiceArguments values) {
        String title = values.string("scheme");
        return Arrays.stream(HashScheme.values())
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow(() -> values.refusal("scheme", title, "no scheme", "write one of " + schemes()));
    }

    private String line(String user, HashScheme scheme) {
        if (user.startsWith("#") || user.chars().anyMatch(c -> c == ':' || c < ' ' || c == 0x7F)) {
            throw new UsageError(
                    "a user's name begins with no # and has no colon and no control character in it",
                    COMMAND + " alice");
        }
        var salt = new byte[HashScheme.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            return user + ":" + scheme.hash(password(), salt).text();
        } catch (IllegalArgumentException unfit) {
            throw new Refusal(ExitCode.DATA, String.valueOf(unfit.getMessage()), unfit);
        }
    }

    private String password() {
        String password = console == null ? firstLine() : typedTwice(console);
        if (password.isEmpty() || password.length() > PASSWORD_MAX_CHARS) {
            throw new Refusal(ExitCode.DATA, "a password has from 1 to " + PASSWORD_MAX_CHARS + " characters");
        }
        return password;
    }

    private String firstLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException unreadable) {
            throw new Refusal(ExitCode.IO, "the password cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String typedTwice(Console console) {
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Again: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new Refusal(ExitCode.DATA, "that was not the same twice; try again");
        }
        return new String(first);
    }
}
