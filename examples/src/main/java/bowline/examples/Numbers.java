package bowline.examples;

import bowline.service.UsageError;

/// The numbers among a program's arguments.
final class Numbers {
    private static final int PORT_MAX = 65_535;

    private Numbers() {}

    /// The port at `index`, or `fallback` when there are fewer arguments.
    static int port(String[] args, int index, int fallback) {
        return args.length > index ? port(args[index]) : fallback;
    }

    /// A port in decimal digits; 0 picks a free one.
    static int port(String text) {
        return among(text, PORT_MAX, "a port from 0 to " + PORT_MAX);
    }

    /// A count from 0 on at `index`, or `fallback` when there are fewer arguments.
    static int count(String[] args, int index, int fallback) {
        return args.length > index ? among(args[index], Integer.MAX_VALUE, "a whole number from 0 on") : fallback;
    }

    private static int among(String text, int max, String wanted) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notDigits) {
            // told below, with what is too large
        }
        throw new UsageError("\"" + text + "\" is not " + wanted, "bowline example lists the programs");
    }
}
