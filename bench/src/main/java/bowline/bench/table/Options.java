package bowline.bench.table;

import bowline.bench.server.Rounds;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What to measure, and how long.
///
/// @param idleConnections how many to hold at most
/// @param rows which rows
/// @param servers which columns
/// @param page the page whose table is to be replaced
record Options(Rounds rounds, int idleConnections, Predicate<String> rows, Predicate<String> servers, Path page) {
    private static final Rounds FULL = new Rounds(7, 1000, 4);
    private static final Rounds QUICK = new Rounds(3, 400, 1);
    private static final int QUICK_IDLE = 4_000;

    /// What `--help` shows.
    static String usage(Subject subject) {
        return """
                Usage: %s [OPTIONS]
                  --quick           3 samples of 400 ms a server and row in place of 7 of 1000 ms; all rows in some 15 minutes
                  --idle N          hold at most N idle connections (%d, with --quick %d; never more than descriptors)
                  --rounds N        samples of each server and row
                  --millis N        how long a sample takes
                  --rows REGEX      only the rows whose name has a match, as in: --rows 'echo 64 B, 1'
                  --servers REGEX   only the servers whose name has a match, as in: --servers 'c-|uring'
                  --page FILE       the page whose tables are replaced by the new ones (bench/target/performance.md)
                Servers: %s
                Rows: %s""".formatted(
                        subject.command(),
                        subject.idleConnections(),
                        QUICK_IDLE,
                        subject.peers().stream().map(Peer::name).collect(Collectors.joining(", ")),
                        Stream.concat(
                                        subject.rows().stream().map(Row::name),
                                        subject.idles().stream().map(Idle::name))
                                .collect(Collectors.joining("; ")));
    }

    /// Reads the arguments.
    ///
    /// @throws IllegalArgumentException if one is not known
    static Options parse(Subject subject, List<String> args) {
        boolean quick = args.contains("--quick");
        var options = new Options(
                quick ? QUICK : FULL,
                quick ? QUICK_IDLE : subject.idleConnections(),
                _ -> true,
                _ -> true,
                Path.of("bench/target/performance.md"));
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).equals("--quick")) {
                continue;
            }
            if (i + 1 == args.size()) {
                throw new IllegalArgumentException(
                        args.get(i) + " is not known, or lacks its value\n" + usage(subject));
            }
            options = options.with(subject, args.get(i), args.get(++i));
        }
        return options;
    }

    private Options with(Subject subject, String name, String value) {
        return switch (name) {
            case "--rounds" -> with(rounds.times(Integer.parseInt(value)));
            case "--millis" -> with(rounds.lasting(Long.parseLong(value)));
            case "--idle" -> new Options(rounds, Integer.parseInt(value), rows, servers, page);
            case "--rows" ->
                new Options(rounds, idleConnections, Pattern.compile(value).asPredicate(), servers, page);
            case "--servers" ->
                new Options(
                        rounds, idleConnections, rows, Pattern.compile(value).asPredicate(), page);
            case "--page" -> new Options(rounds, idleConnections, rows, servers, Path.of(value));
            default -> throw new IllegalArgumentException(name + " is not known\n" + usage(subject));
        };
    }

    private Options with(Rounds others) {
        return new Options(others, idleConnections, rows, servers, page);
    }
}
