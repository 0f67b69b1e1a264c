package bowline.bench.spawn;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Keeps so many children running, a new one whenever one has ended, for a time; first to warm up, then measured.
/// Prints `begin`, and in the end `end COUNT NANOSECONDS PROCESSOR-NANOSECONDS`: the processor time is our own,
/// that of the children is not in it.
///
/// For one thread at a time.
final class SpawnLoop {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final int atATime;
    private final long[] millis;
    private final Runnable startOne;
    private final Runnable whenDone;
    private int phase;
    private int running;
    private long ended;
    private long begin;
    private long beginCpu;

    /// @param startOne starts a child, of whose end [#ended] is told
    /// @param whenDone called when everything is measured and no child left
    SpawnLoop(int atATime, long warmUpMillis, long measuredMillis, Runnable startOne, Runnable whenDone) {
        this.atATime = atATime;
        this.millis = new long[] {warmUpMillis, measuredMillis};
        this.startOne = startOne;
        this.whenDone = whenDone;
    }

    /// Starts the first ones.
    void begin() {
        ended = 0;
        begin = System.nanoTime();
        beginCpu = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < atATime; i++) {
            startNext();
        }
    }

    private void startNext() {
        running++;
        startOne.run();
    }

    /// A child has ended.
    void ended() {
        ended++;
        running--;
        if (System.nanoTime() - begin < millis[phase] * 1_000_000) {
            startNext();
        } else if (running == 0) {
            phaseDone();
        }
    }

    private void phaseDone() {
        if (phase == 0) {
            phase = 1;
            IO.println("begin");
            begin();
        } else {
            long nanos = System.nanoTime() - begin;
            IO.println("end " + ended + " " + nanos + " " + (SYSTEM.getProcessCpuTime() - beginCpu));
            whenDone.run();
        }
    }
}
