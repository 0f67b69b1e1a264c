package bowline.run;

import bowline.process.Spawn;
import bowline.reactor.Reactor;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.supervise.ServiceLimits;
import bowline.supervise.SmallService;
import bowline.supervise.SuperServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `bowline inetd`: a program, or a small service, behind each port (RUN-7).
public final class InetdMaker implements ServiceMaker {
    private static final String FORM = "ENDPOINT [SETTING=VALUE ...] run COMMAND, or wait COMMAND, or echo, discard,"
            + " chargen, daytime or time";

    /// A program for each connection (`nowait`), and one for the port.
    private static final String RUN = "run";

    private static final String WAIT = "wait";

    /// The fourth word of a line of other inetds.
    private static final Set<String> WAITS = Set.of(WAIT, "nowait");

    /// The second word of a line of other inetds.
    private static final Set<String> SOCKETS = Set.of("stream", "dgram");

    /// For `ServiceLoader`.
    public InetdMaker() {}

    @Override
    public String name() {
        return "inetd";
    }

    @Override
    public String summary() {
        return "Answer each connection with a program of its own, or with a small service";
    }

    @Override
    public List<ServiceOption> options() {
        var options = new ArrayList<ServiceOption>();
        options.add(ServiceOption.value(
                        "service",
                        "LINE",
                        "Where to answer and how, as in 'tcp:7 echo' or 'tcp:2000 max-connections=5 run bc -q': an"
                                + " endpoint; settings, which are name=NAME for the log, directory=DIR,"
                                + " env.VARIABLE=VALUE and the limits below; then run and a command, or one of echo,"
                                + " discard, chargen, daytime, time, which answer at udp:PORT as well. The command has"
                                + " the connection as standard input and output and the peer in REMOTE_ADDR and"
                                + " REMOTE_PORT. With wait in place of run it gets the port itself, tcp or udp, as"
                                + " standard input and output when somebody comes, and has it until it ends; that needs"
                                + " the reactor uring or epoll. Quotes and \\ as in a shell; nothing is expanded")
                .repeats());
        options.add(ServiceOption.value(
                "config", "FILE", "More of them, one on each line; lines that begin with # are skipped"));
        options.addAll(LimitOptions.of(ServiceLimits.USUAL));
        options.add(ServiceOption.value(
                        "kill-timeout",
                        "TIME",
                        "How long a command may take to end after TERM, before KILL, when its connection is lost")
                .defaultsTo(ServiceLimits.USUAL.killTimeout().toSeconds() + "s"));
        return options;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline inetd --service 'tcp:7007:interface=127.0.0.1 echo'",
                "bowline inetd --service 'tcp:2000 max-connections=5 idle-timeout=1m run bc -q'",
                "bowline inetd --service 'udp:69 wait /usr/sbin/in.tftpd /srv/tftp'",
                "bowline inetd --service 'tcp:7 echo' --service 'udp:7 echo' --service 'tcp:13 daytime'",
                "bowline inetd --config services.conf --max-starts 60");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        ServiceLimits usual = ServiceLimits.USUAL.killTimeout(arguments.duration("kill-timeout"));
        LimitOptions.read(arguments, usual);
        var server = new SuperServer(reactor);
        for (TableLine line : TableLine.of(arguments, "service", FORM)) {
            add(server, line, known(arguments), usual);
        }
        return server;
    }

    private static List<ServiceOption> known(ServiceArguments arguments) {
        return Stream.concat(
                        LimitOptions.asIn(arguments, ServiceLimits.USUAL).stream(),
                        Stream.of(ServiceOption.value("name", "NAME", "What it is called in the log")))
                .toList();
    }

    private static void add(SuperServer server, TableLine line, List<ServiceOption> known, ServiceLimits usual) {
        checkNoOtherForm(line);
        ServiceArguments settings = line.reading(() -> line.arguments(known));
        ServiceLimits limits = line.reading(() -> LimitOptions.read(settings, usual));
        try {
            if (line.verb().equals(RUN)) {
                Spawn spawn = line.spawn();
                server.run(line.subject(), name(settings, spawn), spawn, limits);
            } else if (line.verb().equals(WAIT)) {
                Spawn spawn = line.spawn();
                server.hand(line.subject(), name(settings, spawn), spawn, limits);
            } else {
                server.answer(line.subject(), small(line), limits);
            }
        } catch (IllegalArgumentException refused) {
            throw refused instanceof UsageError
                    ? refused
                    : line.refusal(
                            String.valueOf(refused.getMessage()),
                            "write the endpoint as in tcp:7, tcp:7:interface=127.0.0.1 or udp:7");
        }
    }

    private static String name(ServiceArguments settings, Spawn spawn) {
        return settings.has("name") ? settings.string("name") : baseName(spawn.program());
    }

    private static void checkNoOtherForm(TableLine line) {
        boolean other =
                SOCKETS.contains(line.verb()) || line.rest().stream().limit(2).anyMatch(WAITS::contains);
        if (other && !Set.of(RUN, WAIT).contains(line.verb())) {
            throw line.refusal(
                    "this is a line of another inetd's file",
                    "write " + FORM + "; run starts a program for each connection (nowait), and wait gives it the port"
                            + " itself");
        }
    }

    private static SmallService small(TableLine line) {
        SmallService service = SmallService.named(line.verb())
                .orElseThrow(() -> line.refusal(
                        "there is no service \"" + line.verb() + "\"",
                        "write run and a command, or one of "
                                + Stream.of(SmallService.values())
                                        .map(SmallService::serviceName)
                                        .collect(Collectors.joining(", "))));
        if (!line.rest().isEmpty()) {
            throw line.refusal(
                    line.verb() + " takes no arguments, but \"" + line.rest().getFirst() + "\" stands behind it",
                    "leave that out, or write run in front of a command");
        }
        return service;
    }

    private static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
