package bowline.attack.run;

import bowline.attack.Attack;
import bowline.attack.AttackLimits;
import bowline.attack.AttackPack;
import bowline.attack.AttackReport;
import bowline.attack.Attacks;
import bowline.attack.Inside;
import bowline.attack.LogTail;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.EndpointString;
import bowline.failure.Failure;
import bowline.reactor.Reactor;
import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `bowline attack TARGET`: points the pack at a service from outside.
public final class AttackCommand implements Command {
    private static final String COMMAND = "bowline attack";
    private static final int HELD = 0;
    private static final int BROKEN = 1;
    private static final int UNAVAILABLE = 69;
    private static final int INTERRUPTED = 130;

    /// For `ServiceLoader`.
    public AttackCommand() {}

    @Override
    public String name() {
        return "attack";
    }

    @Override
    public String summary() {
        return "Attack a service of your own, rule by rule, and tell which rule failed and how";
    }

    @Override
    public String words() {
        return "TARGET";
    }

    @Override
    public List<ServiceOption> options() {
        var options = new ArrayList<ServiceOption>();
        options.addAll(Dialogue.OPTIONS);
        options.addAll(List.of(
                ServiceOption.value("rules", "G1,G5,...", "Which rules to try. Default: all; --list names them"),
                ServiceOption.value("seed", "NUMBER", "What decides noise, cuts and order; the same says the same")
                        .defaultsTo("1"),
                ServiceOption.value(
                                "time",
                                "TIME",
                                "How long a peer may stall: by then the service must have ended the connection of who"
                                        + " says nothing, or does not come to the end of a line")
                        .defaultsTo("70s"),
                ServiceOption.value("patience", "TIME", "How long a good answer may take")
                        .defaultsTo("5s"),
                ServiceOption.value(
                                "connections",
                                "NUMBER",
                                "How many connections to open at once; the service must refuse some")
                        .defaultsTo("" + AttackLimits.USUAL.connections()),
                ServiceOption.value(
                        "beside",
                        "ENDPOINT",
                        "How a good client comes, who must stay served: from another source, as in"
                                + " tcp:host=127.0.0.1:port=8080:bindAddress=127.0.0.2. Default: as the attacker"),
                ServiceOption.value(
                        "log", "FILE", "The log of the service, to be searched for what peers wrote into it"),
                ServiceOption.flag("i-may", "The target is yours, or its owner has allowed it: go beyond this machine"),
                ServiceOption.flag("list", "List the rules")));
        return options;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline attack tcp:host=127.0.0.1:port=8080                  # a web server",
                "bowline attack tcp:127.0.0.1:7777 --protocol raw --time 5s   # an echo that ends idle peers",
                "bowline attack tcp:127.0.0.1:2525 --protocol line --say NOOP --hear 250",
                "bowline attack tcp:127.0.0.1:1080 --protocol socks --rules G1,G5 --seed 7");
    }

    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) throws Exception {
        if (arguments.flag("list")) {
            Attacks.all().forEach(attack -> out.println(line(attack)));
            return HELD;
        }
        if (words.size() != 1) {
            throw new UsageError(
                    words.isEmpty() ? "which service is to be attacked?" : "one target at a time, not " + words,
                    COMMAND + " tcp:host=127.0.0.1:port=8080");
        }
        String target = words.getFirst();
        Permission.check("TARGET", target, arguments.flag("i-may"));
        Reactor reactor = Reactor.create();
        AttackPack pack = pack(arguments, reactor, target).onFinding(out::println);
        out.println("Attacking " + EndpointString.parse(target).masked() + ", seed " + arguments.string("seed"));
        return carryOut(pack, reactor, out, err);
    }

    private static String line(Attack attack) {
        return "%-4s %s".formatted(attack.rule(), attack.title());
    }

    private static AttackPack pack(ServiceArguments arguments, Reactor reactor, String target) {
        AttackPack pack = AttackPack.against(endpoint("TARGET", reactor, target))
                .transcript(Dialogue.read(arguments, target))
                .limits(limits(arguments))
                .seed(arguments.integer("seed", 0, Integer.MAX_VALUE));
        if (arguments.has("beside")) {
            String beside = arguments.string("beside");
            Permission.check("--beside", beside, arguments.flag("i-may"));
            pack = pack.beside(endpoint("--beside", reactor, beside));
        }
        if (arguments.has("log")) {
            Path log = arguments.path("log");
            pack = pack.inside(Inside.NOTHING.log(() -> LogTail.ofFile(log)));
        }
        return arguments.has("rules") ? rules(pack, arguments.string("rules")) : pack;
    }

    private static AttackPack rules(AttackPack pack, String names) {
        try {
            return pack.rules(Arrays.asList(names.split(",", -1)));
        } catch (IllegalArgumentException unknown) {
            throw new UsageError("--rules: " + unknown.getMessage(), COMMAND + " --list tells what they are about");
        }
    }

    private static ClientEndpoint endpoint(String where, Reactor reactor, String description) {
        try {
            return ClientEndpoint.of(reactor, description);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageError(where + ": " + unreadable.getMessage(), "write it as in tcp:host=127.0.0.1:port=8080");
        }
    }

    private static AttackLimits limits(ServiceArguments arguments) {
        Duration stall = positive(arguments, "time");
        return AttackLimits.USUAL
                .times(stall, stall)
                .patience(positive(arguments, "patience"))
                .connections(arguments.integer("connections", 1, 100_000));
    }

    private static Duration positive(ServiceArguments arguments, String name) {
        Duration time = arguments.duration(name);
        if (!time.isPositive()) {
            throw arguments.refusal(name, arguments.string(name), "no time at all", "write a number above 0, as in 5s");
        }
        return time;
    }

    private static int carryOut(AttackPack pack, Reactor reactor, PrintStream out, PrintStream err) {
        var exitCode = new int[] {INTERRUPTED};
        reactor.callWhenRunning(() -> pack.run(reactor)
                .addCallbacks(report -> told(report, out), failure -> refused(failure, reactor, err))
                .onSuccess(code -> {
                    exitCode[0] = code;
                    if (reactor.caughtSignal() == null) {
                        reactor.stop();
                    }
                }));
        reactor.run();
        if (reactor.caughtSignal() != null) {
            out.println("Interrupted; what was found so far stands above");
        }
        return exitCode[0];
    }

    private static int told(AttackReport report, PrintStream out) {
        out.println(report.summary());
        return report.failed().isEmpty() ? HELD : BROKEN;
    }

    private static int refused(Failure failure, Reactor reactor, PrintStream err) {
        if (reactor.caughtSignal() != null) {
            return INTERRUPTED;
        }
        err.println("bowline: " + failure.value().getMessage());
        return UNAVAILABLE;
    }
}
