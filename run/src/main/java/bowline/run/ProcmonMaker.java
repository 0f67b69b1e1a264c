package bowline.run;

import bowline.reactor.Reactor;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.supervise.MonitorOptions;
import bowline.supervise.ProcessMonitor;
import java.time.Duration;
import java.util.List;

/// `bowline procmon`: keeps programs running (RUN-6).
public final class ProcmonMaker implements ServiceMaker {
    private static final String FORM = "NAME [SETTING=VALUE ...] run COMMAND";

    /// For `ServiceLoader`.
    public ProcmonMaker() {}

    @Override
    public String name() {
        return "procmon";
    }

    @Override
    public String summary() {
        return "Keep programs running: start them again when they die";
    }

    @Override
    public List<ServiceOption> options() {
        MonitorOptions usual = MonitorOptions.USUAL;
        return List.of(
                ServiceOption.value(
                                "program",
                                "LINE",
                                "A program to keep running, as in 'web run python3 -m http.server': a name for the log;"
                                        + " settings, which are directory=DIR and env.VARIABLE=VALUE; the word run; the"
                                        + " command. Quotes and \\ as in a shell; nothing is expanded")
                        .repeats(),
                ServiceOption.value(
                        "config", "FILE", "More of them, one on each line; lines that begin with # are skipped"),
                ServiceOption.value("threshold", "TIME", "A program that lived shorter has died too fast")
                        .defaultsTo(usual.threshold().toSeconds() + "s"),
                ServiceOption.value(
                                "restart-delay",
                                "TIME",
                                "How long a program that died too fast waits; each further time twice as long")
                        .defaultsTo(usual.minRestartDelay().toSeconds() + "s"),
                ServiceOption.value("max-restart-delay", "TIME", "The longest that it waits")
                        .defaultsTo(usual.maxRestartDelay().toHours() + "h"),
                ServiceOption.value(
                                "kill-timeout", "TIME", "How long a program may take to end after TERM, before KILL")
                        .defaultsTo(usual.killTimeout().toSeconds() + "s"),
                ServiceOption.value(
                                "max-line", "BYTES", "The longest line of output that is logged as one, not in pieces")
                        .defaultsTo("" + usual.lineMaxBytes()));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline procmon --program 'web run python3 -m http.server 8000'",
                "bowline procmon --program 'web directory=/srv/www env.LANG=C run python3 -m http.server'",
                "bowline procmon --program \"tick run sh -c 'while sleep 5; do date; done'\"",
                "bowline procmon --config programs.conf --kill-timeout 30s   # as many lines as there are programs");
    }

    @Override
    public Service makeService(ServiceArguments arguments, Reactor reactor) {
        var monitor = new ProcessMonitor(reactor, monitorOptions(arguments));
        for (TableLine line : TableLine.of(arguments, "program", FORM)) {
            if (!line.verb().equals("run")) {
                throw line.refusal("\"" + line.verb() + "\" is not run", "write " + FORM);
            }
            line.arguments(List.of());
            if (line.subject().isBlank() || monitor.names().contains(line.subject())) {
                throw line.refusal(
                        "the name \"" + line.subject() + "\" is empty or taken", "give each program one of its own");
            }
            monitor.add(line.subject(), line.spawn());
        }
        return monitor;
    }

    private static MonitorOptions monitorOptions(ServiceArguments arguments) {
        Duration delay = arguments.duration("restart-delay");
        if (!delay.isPositive()) {
            throw arguments.refusal(
                    "restart-delay",
                    arguments.string("restart-delay"),
                    "no time at all",
                    "give more than nothing, as in 1s: what fails at once would be started without pause");
        }
        Duration longest = arguments.duration("max-restart-delay");
        if (longest.compareTo(delay) < 0) {
            throw arguments.refusal(
                    "max-restart-delay",
                    arguments.string("max-restart-delay"),
                    "shorter than --restart-delay",
                    "give as much at least");
        }
        return MonitorOptions.USUAL
                .threshold(arguments.duration("threshold"))
                .restartDelays(delay, longest)
                .killTimeout(arguments.duration("kill-timeout"))
                .lineMaxBytes(arguments.integer("max-line", 1, 1 << 24));
    }
}
