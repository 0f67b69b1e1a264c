package bowline.reactor.flight;

import jdk.jfr.FlightRecorder;

/// Whether there may be a recording, at the cost of reading two flags. Safe for any thread.
public final class Flight {
    private static final boolean PRESENT = present();

    private Flight() {}

    private static boolean present() {
        try {
            Class.forName("jdk.jfr.FlightRecorder", false, Flight.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /// Whether the Flight Recorder has been started in this JVM, now or before. Only then may the other classes of
    /// this package be used. Each event has a switch of its own besides.
    public static boolean on() {
        return PRESENT && Recorder.started();
    }

    /// Loaded only where the module is there.
    private static final class Recorder {
        private Recorder() {}

        static boolean started() {
            return FlightRecorder.isInitialized();
        }
    }
}
