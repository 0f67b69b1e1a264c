package bowline.examples;

import java.util.Arrays;
import java.util.List;

/// Where a poetry server is, as the poetry clients take it from the command line: `[HOST:]PORT`.
record PoetryAddress(String host, int port) {

    /// Reads the arguments of a poetry client; without any it says how to call it and ends the program.
    static List<PoetryAddress> parse(String program, String... args) {
        if (args.length == 0) {
            IO.println("Usage: " + program + " [HOST:]PORT ...");
            IO.println("Start a server for it with: ./bowline example poetry-server - 10001");
            System.exit(64);
        }
        return Arrays.stream(args).map(PoetryAddress::of).toList();
    }

    private static PoetryAddress of(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        return new PoetryAddress(host, Numbers.port(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
