package bowline.attack;

import bowline.bytes.Ascii;
import bowline.machine.Machine;
import bowline.reactor.Reactor;
import bowline.testing.MachineRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// G7 for one machine: the same events from every cut, at a cost that grows as the bytes do.
record MachineAttack(String name, IntFunction<byte[]> input, Supplier<? extends Machine<?>> machines)
        implements Attack {
    private static final int SMALL = 1 << 13;
    private static final int TIMES_LARGER = 4;

    /// Of the time for the small input: 4 if the cost is linear, 16 if it is quadratic.
    private static final int COST_MAX = 9;

    private static final int TRIALS = 7;

    @Override
    public String rule() {
        return "G7";
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        byte[] small = input.apply(SMALL);
        byte[] large = input.apply(SMALL * TIMES_LARGER);
        return List.of(
                target.attempt(this, name + ": any cut")
                        .says(small.length + " valid bytes, whole, a byte at a time and cut at random")
                        .expects("the same events")
                        .alone()
                        .by(() -> differs(target, small)),
                cost(target, small, large));
    }

    private String differs(Target target, byte[] bytes) {
        try {
            MachineRun.inAnyCut(target.choices().upTo(Long.MAX_VALUE), bytes, this::next, MachineAttack::copy);
            return "";
        } catch (AssertionError differs) {
            return String.valueOf(differs.getMessage());
        }
    }

    private Machine<Object> next() {
        @SuppressWarnings("unchecked") // only read from
        var machine = (Machine<Object>) machines.get();
        return machine;
    }

    private static Object copy(Object event) {
        return event instanceof ByteBuffer bytes ? Ascii.text(bytes) : event.toString();
    }

    private Finding cost(Target target, byte[] small, byte[] large) throws Exception {
        Attempt attempt = target.attempt(this, name + ": cost of single bytes");
        return seconds(target.reactor(), small) == 0
                ? attempt.not("virtual time does not see work: try it on a real reactor")
                : attempt.says(small.length + " valid bytes and " + large.length + ", a byte at a time")
                        .expects("not more than " + COST_MAX + " times the time for " + TIMES_LARGER
                                + " times the bytes")
                        .alone()
                        .by(() -> compare(target.reactor(), small, large));
    }

    /// Takes the least of several trials, for others use the processor, too, and what runs often runs faster.
    private String compare(Reactor reactor, byte[] small, byte[] large) {
        double less = Double.POSITIVE_INFINITY;
        double more = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIALS; i++) {
            more = Math.min(more, seconds(reactor, large));
            less = Math.min(less, seconds(reactor, small));
        }
        return more <= less * COST_MAX ? "" : "took %.1f ms and %.1f ms".formatted(less * 1e3, more * 1e3);
    }

    private double seconds(Reactor reactor, byte[] bytes) {
        double begun = reactor.seconds();
        feedEachByte(bytes);
        return reactor.seconds() - begun;
    }

    private void feedEachByte(byte[] bytes) {
        Machine<Object> machine = next();
        ByteBuffer unread = ByteBuffer.wrap(bytes);
        for (int end = 1; end <= bytes.length; end++) {
            unread.limit(end);
            Object event = machine.next(unread);
            while (event != null) {
                event = machine.next(unread);
            }
        }
    }
}
