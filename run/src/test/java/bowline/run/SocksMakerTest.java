package bowline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bowline.service.ServiceArguments;
import bowline.service.ServiceGroup;
import bowline.service.UsageError;
import bowline.testing.MemoryReactor;
import bowline.testing.MemoryTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bowline socks`: what its words make of the server.
class SocksMakerTest {
    private final Console console = new Console();
    private MemoryReactor reactor = new MemoryReactor();

    @TempDir
    private Path folder;

    private ServiceGroup make(String... words) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            given.computeIfAbsent(words[i], _ -> new ArrayList<>()).add(words[i + 1]);
        }
        var maker = new SocksMaker();
        return assertInstanceOf(
                ServiceGroup.class, maker.makeService(ServiceArguments.of(maker.options(), given), reactor));
    }

    private void refused(String message, String... words) {
        String said =
                String.valueOf(assertThrows(UsageError.class, () -> make(words)).getMessage());
        assertThat(said).contains(message);
    }

    /// What a server made of these words answers to bytes.
    private byte[] answer(byte[] said, String... words) throws Exception {
        reactor = new MemoryReactor();
        ServiceGroup servers = make(words);
        servers.start();
        MemoryTransport client = reactor.tcpServers().getLast().connect();
        client.deliver(said);
        reactor.advance(Duration.ZERO); // what a pool's thread has answered
        return client.take();
    }

    private static byte[] connectTo(int... address) {
        byte[] said = {5, 1, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 80};
        for (int i = 0; i < address.length; i++) {
            said[7 + i] = (byte) address[i];
        }
        return said;
    }

    @Test
    @DisplayName("RUN-8: --help has options, defaults and examples")
    void help() {
        console.makers.add(new SocksMaker());
        assertEquals(0, console.run("socks", "--help"));

        assertThat(console.out())
                .contains("Default: tcp:1080:interface=127.0.0.1.")
                .contains("--allow-private")
                .contains("--idle-timeout=TIME")
                .contains("bowline socks --listen tcp:1080 --auth file:users");
    }

    @Test
    @DisplayName("K1: nobody gets an open proxy by leaving --auth out")
    void openProxy() {
        refused("would serve everybody", "listen", "tcp:1080");
        refused("would serve everybody", "listen", "tcp:1080:interface=192.168.0.1");
        refused("would serve everybody", "listen", "tcp6:1080");
        make("listen", "tcp:1080", "auth", "anonymous");
        make("listen", "tcp6:1080:interface=\\:\\:1");
        make();
    }

    @Test
    @DisplayName("K1: --allow-private, --allow and --deny")
    void rules() throws Exception {
        assertEquals(2, answer(connectTo(127, 0, 0, 1))[3]);
        assertEquals(12, answer(connectTo(127, 0, 0, 1)).length, "a choice of method and a refusal");
        assertEquals(2, answer(connectTo(127, 0, 0, 1), "allow-private", "").length, "allowed: still connecting");
        assertEquals(2, answer(connectTo(10, 0, 0, 1), "allow", "10.0.0.0/8").length);
        assertEquals(12, answer(connectTo(10, 0, 0, 1), "allow", "10.0.0.0/8", "deny", "10.0.0.0/24").length);
        assertEquals(12, answer(connectTo(9, 9, 9, 9), "deny", "9.0.0.0/8").length);
        refused("no block of addresses", "allow", "10");
        refused("bits set behind", "deny", "10.0.0.1/8");
    }

    @Test
    @DisplayName("CRD-9: --auth TYPE:ARGUMENT, once or more, is asked for passwords by SOCKS")
    void passwords() throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "me:{PLAIN}secret\n");
        String file = "file:" + users;
        byte[] login = {5, 1, 2, 1, 2, 'm', 'e', 6, 's', 'e', 'c', 'r', 'e', 't'};

        assertEquals((byte) 0xFF, answer(connectTo(1, 1, 1, 1), "auth", file)[1]);
        assertEquals(0, answer(login, "listen", "tcp:1080", "auth", file)[3]);
        assertEquals(1, answer(login, "auth", "memory:me:other")[3]);
        assertEquals(0, answer(login, "auth", "anonymous", "auth", file)[3]);
        assertEquals(2, answer(connectTo(1, 1, 1, 1), "auth", "anonymous", "auth", file).length, "connecting");
        refused("that can be read", "auth", "file:" + folder.resolve("absent"));
        refused("no type of authentication \"users\"", "auth", "users");
        refused("nobody could log in", "auth", "sshkey:" + folder);
    }

    @Test
    @DisplayName("CRD-9: what is wrong with --auth is said without the password in it")
    void hidesPasswords() {
        console.makers.add(new SocksMaker());
        for (String bad : List.of("memory:hushhush", "memory:me:x:hushhush", "anonymous:hushhush", "x:hushhush")) {
            assertEquals(64, console.run("socks", "--auth", bad), bad);
        }
        assertThat(console.err()).contains("--help-auth").doesNotContain("hushhush");
    }

    @Test
    @DisplayName("CRD-9: --help-auth and --help-auth-type stand in the help and answer")
    void helpAuth() {
        console.makers.add(new SocksMaker());
        console.run("socks", "--help");
        assertThat(console.out()).contains("--auth=TYPE:ARGUMENT", "--help-auth", "--help-auth-type=TYPE");
        console.forget();
        assertEquals(0, console.run("socks", "--help-auth"));
        assertThat(console.out()).contains("file:PATH", "memory:", "anonymous", "unix", "sshkey:FOLDER");
        console.forget();
        assertEquals(0, console.run("socks", "--help-auth-type", "File"));
        assertThat(console.out()).contains("--auth file:PATH", "bcrypt");
        assertEquals(64, console.run("socks", "--help-auth-type", "nosuch"));
        assertThat(console.err()).contains("the types are anonymous, file, memory, sshkey, unix");
        console.forget();
        console.run("echo", "--help");
        assertThat(console.out()).doesNotContain("auth");
    }

    @Test
    @DisplayName("--no-bind, limits and times")
    void others() throws Exception {
        byte[] bind = connectTo(1, 1, 1, 1);
        bind[4] = 2;
        assertEquals(7, answer(bind, "no-bind", "")[3]);
        refused("not a whole number", "max-connections", "0");
        refused("no time at all", "idle-timeout", "0s");
    }
}
