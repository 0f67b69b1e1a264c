package bowline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bowline.junit.Program;
import bowline.reactor.ReactorProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./bowline` tells the service manager that started it (sd_notify(3)), of which a program in Python plays the
/// part.
class ServiceManagerTest {
    /// Prints what each datagram says, a line each, behind the number of the process that sent it.
    private static final String MANAGER = """
            import os, socket, struct, sys
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
                manager.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                manager.bind(sys.argv[1].replace("@", "\\0"))
                print("bound", flush=True)
                while True:
                    data, credentials, flags, sender = manager.recvmsg(4096, 64)
                    pid = struct.unpack("3i", credentials[0][2])[0]
                    print(pid, data.decode().replace("\\n", "|"), flush=True)
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void isBuilt() {
        Checkout.requireBuilt();
        assumeTrue(ReactorProvider.best().name().matches("uring|epoll"), "the reactor has no such sockets");
    }

    static Program manager(String where) throws Exception {
        Program manager = Program.command(List.of(Foreign.python("socket"), "-c", MANAGER, where));
        manager.await("bound");
        return manager;
    }

    private static Program echoUnder(String where, String... variables) throws Exception {
        var front = new ArrayList<>(List.of("env", "NOTIFY_SOCKET=" + where));
        front.addAll(List.of(variables));
        return Checkout.bowlineBehind(front, "echo", "--listen", "tcp:0:interface=127.0.0.1");
    }

    @Test
    @DisplayName("ready with its ports when it listens, and stopping when it drains; at a path and at an abstract name")
    void tellsItsLife() throws Exception {
        String name = "@bowline-manager-" + ProcessHandle.current().pid();
        for (String where : List.of(folder.resolve("notify").toString(), name)) {
            try (Program manager = manager(where);
                    Program echo = echoUnder(where)) {
                Matcher ready = manager.await("^(\\d+) READY=1\\|STATUS=echo listening on tcp 127.0.0.1:(\\d+)$");
                echo.await("echo is ready: listening on tcp 127.0.0.1:" + ready.group(2));

                echo.signal("TERM");

                manager.await("^" + ready.group(1) + " STOPPING=1\\|STATUS=");
                assertThat(echo.exitCode()).isEqualTo(143);
            }
        }
    }

    @Test
    @DisplayName("signs of life while the loop turns")
    void keepsTheWatchdogQuiet() throws Exception {
        String where = folder.resolve("notify").toString();
        try (Program manager = manager(where);
                Program echo = echoUnder(where, "WATCHDOG_USEC=200000")) {
            manager.await("READY=1");
            for (int i = 0; i < 5; i++) {
                manager.await("^\\d+ WATCHDOG=1$");
            }
            assertThat(echo.isAlive()).isTrue();
        }
    }

    @Test
    @DisplayName("nobody there: a warning, and the service runs all the same")
    void runsWithoutAManager() throws Exception {
        String where = folder.resolve("nobody").toString();
        try (Program echo = echoUnder(where)) {
            echo.await("echo is ready");
            echo.await("the service manager at unix:" + where + " hears nothing: .*ENOENT");
            echo.signal("TERM");
            assertThat(echo.exitCode()).isEqualTo(143);
        }
    }

    @Test
    @DisplayName("the backend nio has no such sockets and says so")
    void saysWhatNioLacks() throws Exception {
        try (Program echo = Checkout.bowlineBehind(
                List.of("env", "NOTIFY_SOCKET=/nowhere"),
                "--reactor",
                "nio",
                "echo",
                "--listen",
                "tcp:0:interface=127.0.0.1")) {
            echo.await("the service manager is not told anything: .* the backends uring and epoll");
            echo.await("echo is ready");
        }
    }
}
