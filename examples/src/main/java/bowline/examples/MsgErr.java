package bowline.examples;

import bowline.log.Log;

/// Plain records and records of exceptions (seed P26).
///
///     ./bowline example msg-err
public final class MsgErr {

    private MsgErr() {}

    /// Logs one of each.
    public static void main(String... args) {
        Log.startLogging(System.out);
        Log.msg("a plain record");
        Log.msg("a record", "of several", "parts");
        try {
            Integer.parseInt("seven");
        } catch (NumberFormatException thrown) {
            Log.err(thrown, "while counting the days of the week");
        }
        IO.println("what a program prints is a record too");
    }
}
