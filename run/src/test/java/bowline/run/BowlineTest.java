package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.reactor.Reactor;
import bowline.service.Command;
import bowline.service.Example;
import bowline.service.Service;
import bowline.service.ServiceArguments;
import bowline.service.ServiceMaker;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Section 36: what the words mean, and what is said about those that mean nothing.
class BowlineTest {
    private final Console console = new Console();

    private void refused(int exitCode, String message, String... words) {
        console.forget();
        assertEquals(exitCode, console.run(words), console.err());
        assertThat(console.err()).startsWith("bowline: " + message).doesNotContain("\tat ");
        assertThat(console.out()).isEmpty();
    }

    @Test
    @DisplayName("RUN-1: --help lists the services, with a line each")
    void helpListsServices() {
        assertEquals(0, console.run("--help"));

        assertThat(console.out())
                .contains("bowline [options] SERVICE")
                .contains("  echo      Send back whatever comes in (RFC 862)\n")
                .contains("--log-format=FORMAT")
                .contains("--pid-file=FILE")
                .contains("--plugin-path=PATH")
                .contains("BOWLINE_PLUGINS");
        assertThat(console.err()).isEmpty();
    }

    @Test
    @DisplayName("RUN-9: --plugin-path is taken before the program starts; too late, it says where it belongs")
    void pluginPathTooLate() {
        refused(
                64,
                "--plugin-path stands behind another option, or there is no ./bowline to take it\n  write it first",
                "--log-level",
                "debug",
                "--plugin-path",
                "my.jar",
                "echo");
    }

    @Test
    @DisplayName("RUN-1: --version")
    void version() {
        assertEquals(0, console.run("--version"));

        assertThat(console.out())
                .startsWith("bowline ")
                .contains("Java " + Runtime.version())
                .endsWith("\n");
    }

    @Test
    @DisplayName(
            "RUN-9: a command that is no service gets its words and options, in any order, and its exit code counts")
    void commands() {
        console.commands.add(new Knock());

        assertEquals(3, console.run("knock", "door", "--times", "2"));
        assertEquals(3, console.run("knock", "--times=2", "door"));
        assertThat(console.out()).isEqualTo("[door] 2\n[door] 2\n");
        console.forget();
        assertEquals(0, console.run("knock", "--help"));
        assertThat(console.out())
                .startsWith("Usage: bowline knock DOOR [options of the command]\n\nKnock at a door.\n")
                .contains("--times=NUMBER")
                .contains("Examples:\n  bowline knock front");
        console.forget();
        assertEquals(0, console.run("--help"));
        assertThat(console.out()).contains("  knock     Knock at a door\n");
        refused(64, "unknown option --time", "knock", "--time", "1");
        refused(64, "there is no service \"knok\"\n  did you mean knock? ", "knok");
    }

    private static final class Knock implements Command {
        @Override
        public String name() {
            return "knock";
        }

        @Override
        public String summary() {
            return "Knock at a door";
        }

        @Override
        public String words() {
            return "DOOR";
        }

        @Override
        public List<ServiceOption> options() {
            return List.of(ServiceOption.value("times", "NUMBER", "How often").defaultsTo("1"));
        }

        @Override
        public List<String> examples() {
            return List.of("bowline knock front");
        }

        @Override
        public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
            out.print(words + " " + arguments.integer("times", 1, 9) + "\n");
            return 3;
        }
    }

    @Test
    @DisplayName("RUN-8: SERVICE --help shows its options, defaults and examples")
    void serviceHelp() {
        assertEquals(0, console.run("echo", "--help"));

        assertThat(console.out())
                .contains("Send back whatever comes in (RFC 862).")
                .contains("--listen=ENDPOINT")
                .contains("Default: tcp:7777:interface=127.0.0.1.")
                .contains("Examples:\n  bowline echo   ");
    }

    @Test
    void helpTakesTextsLiterally() {
        console.makers.add(new Odd());
        assertEquals(0, console.run("odd", "--help"));

        assertThat(console.out()).contains("100% of ${user.home} %n.");
        assertEquals(0, console.run("--help"));
    }

    @Test
    @DisplayName("RUN-1, RUN-3: no service is a usage error, 64")
    void noService() {
        refused(64, "which service?\n  bowline --help lists them");
    }

    @Test
    @DisplayName("RUN-3: an unknown service is a usage error, with a suggestion")
    void unknownService() {
        refused(64, "there is no service \"ehco\"\n  did you mean echo? bowline --help lists what there is\n", "ehco");
    }

    @Test
    void noSuggestionWhereNothingIsNear() {
        refused(64, "there is no service \"gopher\"\n  bowline --help lists what there is\n", "gopher");
    }

    @Test
    @DisplayName("RUN-8: wrong options are usage errors that say what to do")
    void wrongOptions() {
        refused(64, "unknown option --log-lvl\n  did you mean --log-level? bowline --help", "--log-lvl", "x", "echo");
    }

    @Test
    void wrongServiceOptions() {
        refused(64, "unknown option --lisen\n  did you mean --listen? bowline echo --help", "echo", "--lisen", "x");
    }

    @Test
    void optionsAreNotAbbreviated() {
        refused(64, "unknown option --list", "echo", "--list", "tcp:1");
    }

    @Test
    void wordsBehindTheOptions() {
        refused(64, "unexpected word tcp:1", "echo", "tcp:1");
    }

    @Test
    void aMissingValue() {
        refused(64, "--listen needs a value", "echo", "--listen");
    }

    @Test
    void aMissingOption() {
        console.makers.add(new Odd());
        refused(64, "--root is missing\n  add --root DIR\n", "odd");
    }

    @Test
    void aRepeatedOption() {
        console.makers.add(new Odd());
        refused(64, "--root is given more than once", "odd", "--root", "a", "--root", "b");
    }

    @Test
    void aWrongEndpoint() {
        refused(64, "--listen: endpoint \"tpc:1\" cannot be used", "echo", "--listen", "tpc:1");
    }

    @Test
    @DisplayName("RUN-1: log levels and formats")
    void wrongLogOptions() {
        refused(64, "--log-level \"loud\" is no log level\n  write debug, info", "--log-level", "loud", "echo");
    }

    @Test
    void wrongLogFormat() {
        refused(64, "--log-format \"xml\" is no log format\n  write text or json", "--log-format", "xml", "echo");
    }

    @Test
    @DisplayName("REA-12: an unknown reactor is named, and so are those there are")
    void unknownReactor() {
        refused(64, "--reactor: no reactor backend \"iocp\"; there are [nio", "--reactor", "iocp", "echo");
    }

    @Test
    @DisplayName("RUN-3: a log file that cannot be written: 74")
    void logFile() {
        refused(
                74,
                "cannot write the log file /no/such/x: there is no such folder\n",
                "--log-file",
                "/no/such/x",
                "echo");
    }

    @Test
    @DisplayName("RUN-3: a mistake in the program: 70, with a trace")
    void mistakes() {
        console.makers.add(new Odd());
        assertEquals(70, console.run("odd", "--root", "x"));

        assertThat(console.err())
                .contains("mistake in the program")
                .contains("not today")
                .contains("\tat ");
    }

    @Test
    @DisplayName("RUN-9: a broken plug-in is skipped")
    void brokenPlugins() {
        Iterator<ServiceMaker> good = List.<ServiceMaker>of(new EchoMaker()).iterator();
        console.withServices(new Iterator<>() {
            private int asked;

            @Override
            public boolean hasNext() {
                return good.hasNext();
            }

            @Override
            public ServiceMaker next() {
                return switch (asked++) {
                    case 0 -> throw new ServiceConfigurationError("not a subtype");
                    case 1 -> throw new NoClassDefFoundError("gone");
                    case 2 ->
                        new Odd() {
                            @Override
                            public String name() {
                                throw new IllegalStateException("nameless");
                            }
                        };
                    default -> good.next();
                };
            }
        });

        assertEquals(0, console.run("--help"));
        assertThat(console.out()).contains("  echo ").doesNotContain("  odd ");
    }

    @Test
    @DisplayName("RUN-9: a loader that fails for ever does not keep us")
    void endlesslyBrokenPlugins() {
        console.withServices(new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new ServiceConfigurationError("cannot read");
            }

            @Override
            public ServiceMaker next() {
                throw new ServiceConfigurationError("cannot read");
            }
        });

        assertEquals(0, console.run("--help"));
    }

    @Test
    void examplesAreListedAndRun() {
        var said = new StringBuilder();
        console.catalogs.add(() -> List.of(
                new Example("poetry", "Poems, slowly", words -> said.append(String.join("+", words))),
                new Example("picky", "Wants words", words -> {
                    throw new UsageError("no words", "give some");
                })));

        assertEquals(0, console.run("example"));
        assertThat(console.out()).contains("  poetry  Poems, slowly\n").contains("  picky   Wants words\n");
        assertEquals(0, console.run("example", "poetry", "--help", "x"));
        assertEquals("--help+x", said.toString());
        assertEquals(64, console.run("example", "picky"));
        assertEquals(64, console.run("example", "poertry"));
        assertThat(console.err()).contains("bowline: no words\n  give some\n").contains("did you mean poetry?");
    }

    private static class Odd implements ServiceMaker {
        @Override
        public String name() {
            return "odd";
        }

        @Override
        public String summary() {
            return "100% odd";
        }

        @Override
        public List<ServiceOption> options() {
            return List.of(ServiceOption.value("root", "DIR", "100% of ${user.home} %n")
                    .mustBeGiven());
        }

        @Override
        public Service makeService(ServiceArguments arguments, Reactor reactor) {
            throw new IllegalStateException("not today");
        }
    }

    @Test
    @DisplayName("--reactors before or behind the service's name, and only one number")
    void reactors() {
        refused(64, "--reactors \"0\" is not a whole number from 1 to 256", "--reactors", "0", "echo");
        refused(64, "--reactors \"many\" is not a whole number", "echo", "--reactors", "many");
        refused(64, "--reactors is 3 and 2\n  all services run", "--reactors", "3", "echo", "--reactors", "2");
        assertEquals(0, console.run("echo", "--help"));
        assertThat(console.out()).contains("--reactors=NUMBER");
    }

    @Test
    @DisplayName("--stall before or behind the service's name, and only one time")
    void stall() {
        refused(64, "--stall \"5ms\" is not from 10ms to 365d\n  1s finds", "--stall", "5ms", "echo");
        refused(64, "--stall \"soon\" is not a length of time", "echo", "--stall", "soon");
        refused(64, "--stall is 1s and 2s\n  all services run", "--stall", "1s", "echo", "--stall", "2s");
        assertEquals(0, console.run("echo", "--help"));
        assertThat(console.out()).contains("--stall=TIME");
    }

    @Test
    @DisplayName("services stand one behind the other, with + between them")
    void severalServices() {
        refused(64, "which service? There is none next to +", "echo", "+");
        refused(64, "which service? There is none next to +", "+", "echo");
        refused(64, "there is no service \"poem\"", "echo", "+", "poem");
        refused(64, "unknown option --colour", "echo", "+", "echo", "--colour", "red");
    }
}
