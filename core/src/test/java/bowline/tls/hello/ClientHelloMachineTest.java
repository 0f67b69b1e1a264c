package bowline.tls.hello;

import static bowline.tls.hello.HelloBytes.bytes;
import static bowline.tls.hello.HelloBytes.join;
import static bowline.tls.hello.HelloBytes.latin;
import static bowline.tls.hello.HelloBytes.message;
import static bowline.tls.hello.HelloBytes.newest;
import static bowline.tls.hello.HelloBytes.old;
import static bowline.tls.hello.HelloBytes.record;
import static bowline.tls.hello.HelloBytes.records;
import static bowline.tls.hello.HelloBytes.u16s;
import static bowline.tls.hello.HelloBytes.vector16;
import static bowline.tls.hello.HelloBytes.vector8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bowline.machine.PeerViolation;
import bowline.testing.generate.Generators;
import bowline.testing.generate.Property;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS-2: the first message of a client, however it is cut.
class ClientHelloMachineTest {
    private static final int AROUND = 3;

    /// As a connection shows it: all so far, at another place each time, nothing taken.
    private static @Nullable ClientHello show(ClientHelloMachine machine, byte[] wire, int length) {
        ByteBuffer shown = ByteBuffer.allocateDirect(length + 2 * AROUND);
        shown.position(AROUND).limit(AROUND + length);
        shown.duplicate().put(wire, 0, length);
        try {
            return machine.next(shown);
        } finally {
            assertThat(shown.position()).isEqualTo(AROUND);
            assertThat(shown.limit()).isEqualTo(AROUND + length);
        }
    }

    private static ClientHelloMachine machine() {
        return new ClientHelloMachine(ClientHelloLimits.DEFAULT);
    }

    private static ClientHello read(byte[] wire) {
        return Objects.requireNonNull(show(machine(), wire, wire.length));
    }

    private static ClientHello readByteForByte(byte[] wire) {
        var machine = machine();
        for (int length = 0; length < wire.length; length++) {
            assertThat(show(machine, wire, length)).isNull();
        }
        return Objects.requireNonNull(show(machine, wire, wire.length));
    }

    private static PeerViolation refused(byte[] wire) {
        return refused(wire, ClientHelloLimits.DEFAULT);
    }

    /// The same refusal at the same byte, whole and a byte at a time.
    private static PeerViolation refused(byte[] wire, ClientHelloLimits limits) {
        PeerViolation whole = catchThrowableOfType(
                PeerViolation.class, () -> show(new ClientHelloMachine(limits), wire, wire.length));
        assertThat(whole).isNotNull();
        var machine = new ClientHelloMachine(limits);
        PeerViolation cut = catchThrowableOfType(PeerViolation.class, () -> {
            for (int length = 0; length <= wire.length; length++) {
                assertThat(show(machine, wire, length)).isNull();
            }
        });
        assertThat(cut).hasMessage(whole.getMessage());
        assertThat(cut.reply()).isEqualTo(whole.reply());
        return whole;
    }

    private static HelloBytes usual() {
        return newest().serverName("Www.Example.ORG")
                .protocols("h2", "http/1.1")
                .extension(13, vector16(u16s(0x0403, 0x0804)));
    }

    private static final ClientHello USUAL = new ClientHello(
            "www.example.org",
            List.of("h2", "http/1.1"),
            List.of(0x0403, 0x0804),
            List.of(0x0304, 0x0303),
            List.of(0x1301, 0x1302, 0xC02F),
            false);

    // However it comes

    @Test
    @DisplayName("TLS-2: whole, and a byte at a time")
    void theSameHoweverItComes() {
        byte[] wire = usual().record();

        assertThat(read(wire)).isEqualTo(USUAL);
        assertThat(readByteForByte(wire)).isEqualTo(USUAL);
    }

    @Test
    @DisplayName("TLS-2: cut at every byte")
    void cutAtEveryByte() {
        byte[] wire = usual().record();
        for (int cut = 0; cut < wire.length; cut++) {
            var machine = machine();
            assertThat(show(machine, wire, cut)).as("cut at %d", cut).isNull();
            assertThat(show(machine, wire, wire.length)).as("cut at %d", cut).isEqualTo(USUAL);
        }
    }

    @Test
    @DisplayName("TLS-2: two records, split at every byte, each of them fed a byte at a time")
    void splitAcrossRecordsAtEveryByte() {
        byte[] message = usual().message();
        for (int split = 1; split < message.length; split++) {
            byte[] first = new byte[split];
            System.arraycopy(message, 0, first, 0, split);
            byte[] second = new byte[message.length - split];
            System.arraycopy(message, split, second, 0, second.length);
            byte[] wire = join(record(22, first), record(22, second));
            assertThat(read(wire)).as("split at %d", split).isEqualTo(USUAL);
            assertThat(readByteForByte(wire)).as("split at %d", split).isEqualTo(USUAL);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64})
    @DisplayName("TLS-2: records of any size")
    void recordsOfAnySize(int fragmentBytes) {
        byte[] wire = records(usual().message(), fragmentBytes);

        assertThat(read(wire)).isEqualTo(USUAL);
        assertThat(readByteForByte(wire)).isEqualTo(USUAL);
    }

    @Test
    void whatIsBehindItIsLeftAlone() {
        byte[] wire = usual().record();

        assertThat(read(join(wire, record(23, bytes(1, 2, 3))))).isEqualTo(USUAL);
    }

    @Test
    void theAnswerStays() {
        byte[] wire = usual().record();
        var machine = machine();

        assertThat(show(machine, wire, wire.length)).isSameAs(show(machine, wire, wire.length));
    }

    @Test
    @DisplayName("G1, G7: a hello of the greatest length, a byte at a time")
    void theLongestHello() {
        byte[] padding = new byte[16_384 - newest().body().length - 4];
        byte[] wire = records(newest().extension(21, padding).message(), 16_384);

        assertThat(readByteForByte(wire).versions()).contains(0x0304);
        assertThat(wire.length).isLessThanOrEqualTo(ClientHelloLimits.DEFAULT.unreadMaxBytes());
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Property.check(3_000, Generators.bytes(80), random -> {
            byte[] inRecords = random.length == 0 ? random : records(message(1, random), 11);
            for (byte[] wire : List.of(random, inRecords)) {
                try {
                    show(machine(), wire, wire.length);
                } catch (PeerViolation refusal) {
                    assertThat(refused(wire)).hasMessage(refusal.getMessage());
                }
            }
        });
    }

    @Test
    void aGoodHelloWithAnyBytesChangedIsReadOrRefused() {
        byte[] good = usual().record();
        Property.check(3_000, Generators.bytes(6), changes -> {
            byte[] wire = good.clone();
            for (int i = 0; i + 1 < changes.length; i += 2) {
                wire[(changes[i] & 0xFF) % wire.length] = changes[i + 1];
            }
            try {
                show(machine(), wire, wire.length);
            } catch (PeerViolation refusal) {
                assertThat(refused(wire)).hasMessage(refusal.getMessage());
            }
        });
    }

    // What it says

    @Test
    void anOldClientTellsItsHighestVersionOnly() {
        assertThat(read(old().withoutExtensions().record()))
                .isEqualTo(new ClientHello(
                        null, List.of(), List.of(), List.of(0x0303), List.of(0x1301, 0x1302, 0xC02F), false));
        assertThat(read(old().version(0x0301).record()).versions()).containsExactly(0x0301);
        assertThat(read(old().version(0x0305).record()).versions()).containsExactly(0x0303);
    }

    @Test
    @DisplayName("RFC 8701: what is there only to be unknown is left out")
    void greaseIsLeftOut() {
        ClientHello hello = read(old().cipherSuites(0x0A0A, 0x1301, 0xFAFA, 0x0A1A)
                .extension(0x2A2A, bytes())
                .extension(43, vector8(u16s(0x3A3A, 0x0304)))
                .extension(13, vector16(u16s(0x4A4A, 0x0403)))
                .protocols("\u005A\u005A", "h2", "ZA")
                .extension(0xBABA, bytes(0))
                .record());

        assertThat(hello)
                .isEqualTo(new ClientHello(
                        null, List.of("h2", "ZA"), List.of(0x0403), List.of(0x0304), List.of(0x1301, 0x0A1A), false));
    }

    @Test
    void whoHasATicketOrAKeyOrAnOldSessionResumes() {
        assertThat(read(newest().extension(41, bytes(1)).record()).resuming()).isTrue();
        assertThat(read(old().extension(35, bytes(1)).record()).resuming()).isTrue();
        assertThat(read(old().sessionId(32).record()).resuming()).isTrue();

        assertThat(read(old().extension(35, bytes()).record()).resuming()).isFalse();
        assertThat(read(newest().sessionId(32).record()).resuming())
                .as("in 1.3 that is there for the looks of it")
                .isFalse();
    }

    // Server names

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a_b.example",
                "-x-.example",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.x4",
                "xn--bcher-kva.example"
            })
    void theseAreNames(String name) {
        assertThat(read(newest().serverName(name).record()).serverName()).isEqualTo(name);
    }

    @Test
    void namesAreBounded() {
        String longest = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);
        assertThat(read(newest().serverName(longest).record()).serverName()).hasSize(253);

        assertThat(refused(newest().serverName(longest + "d").record()))
                .hasMessageContaining("is longer than 253 bytes")
                .extracting(PeerViolation::reply)
                .isEqualTo("illegal_parameter");
        assertThat(refused(newest().serverName("a".repeat(64)).record()))
                .hasMessageContaining("1 to 63 characters between its dots");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org., ends with a dot",
        "127.0.0.1, is an address",
        "::1, has other characters",
        "a..b, has not 1 to 63 characters",
        ".a, has not 1 to 63 characters",
        "b\u00fccher.example, has other characters",
        "*.example.org, has other characters",
    })
    void theseAreNone(String name, String complaint) {
        assertThat(refused(newest().serverName(name).record()))
                .hasMessageContaining(complaint)
                .extracting(PeerViolation::reply)
                .isEqualTo("illegal_parameter");
    }

    @Test
    @DisplayName("G10: a NUL in a name is refused, and shown escaped")
    void noNulInNames() {
        assertThat(refused(newest().serverName("good.example\0.evil").record()))
                .hasMessageContaining("\"good.example\\x00.evil\"");
    }

    @Test
    void oneNameOfAHost() {
        byte[] name = join(bytes(0), vector16(latin("a")));
        assertThat(refused(newest().extension(0, vector16(join(name, name))).record()))
                .hasMessageContaining("more than one server name");
        assertThat(refused(newest().extension(0, vector16(join(bytes(1), vector16(latin("a")))))
                        .record()))
                .hasMessageContaining("not the name of a host");
        assertThat(refused(newest().extension(0, bytes()).record()).reply()).isEqualTo("decode_error");
        assertThat(refused(newest().extension(0, vector16(bytes())).record()).reply())
                .isEqualTo("decode_error");
    }

    // What is broken

    @Test
    @DisplayName("G5, TLS-2: an extension twice, or behind pre_shared_key")
    void extensionsInTheirPlace() {
        assertThat(refused(newest().serverName("a").serverName("b").record()))
                .hasMessageContaining("extension 0 twice")
                .extracting(PeerViolation::reply)
                .isEqualTo("illegal_parameter");
        assertThat(refused(newest().extension(0x2A2A, bytes())
                        .extension(0x2A2A, bytes())
                        .record()))
                .hasMessageContaining("extension 10794 twice");
        assertThat(refused(newest().extension(41, bytes()).serverName("b").record()))
                .hasMessageContaining("extension 0 behind pre_shared_key")
                .extracting(PeerViolation::reply)
                .isEqualTo("illegal_parameter");
    }

    @Test
    void brokenBodies() {
        List<byte[]> bodies = new ArrayList<>();
        byte[] good = usual().body();
        for (int length = 0; length < good.length; length++) {
            byte[] shorter = new byte[length];
            System.arraycopy(good, 0, shorter, 0, length);
            // Just before the extensions a client of old may end.
            if (length != 2 + 32 + 1 + 2 + 6 + 2) {
                bodies.add(shorter);
            }
        }
        bodies.add(join(good, bytes(0)));
        bodies.add(old().rawCipherSuites(bytes()).body());
        bodies.add(old().rawCipherSuites(bytes(1, 2, 3)).body());
        bodies.add(old().sessionId(33).body());
        bodies.add(old().compressions().body());
        bodies.add(old().protocols().body());
        bodies.add(old().protocols("").body());
        bodies.add(old().extension(43, vector8(bytes(3))).body());
        bodies.add(old().extension(43, join(vector8(u16s(0x0304)), bytes(0))).body());
        bodies.add(old().extension(13, vector16(bytes())).body());
        for (byte[] body : bodies) {
            assertThat(refused(record(22, message(1, body))).reply()).isEqualTo("decode_error");
        }
    }

    @Test
    @DisplayName("TLS-3: compression is not wanted, and cannot be forced")
    void compressions() {
        assertThat(read(old().compressions(1, 0).record()).versions()).containsExactly(0x0303);
        assertThat(refused(old().compressions(1).record()).reply()).isEqualTo("illegal_parameter");
        assertThat(refused(newest().compressions(0, 1).record()).reply()).isEqualTo("illegal_parameter");
    }

    @Test
    @DisplayName("TLS-3: SSL 3 and SSL 2 are refused")
    void olderThanTls() {
        assertThat(refused(old().version(0x0300).record()))
                .hasMessageContaining("version 0x0300, which is older than TLS")
                .extracting(PeerViolation::reply)
                .isEqualTo("protocol_version");
        assertThat(refused(bytes(0x80, 0x2E, 1, 0, 2, 0, 21)))
                .hasMessageContaining("SSL 2")
                .extracting(PeerViolation::reply)
                .isEqualTo("protocol_version");
        assertThat(refused(bytes(22, 2, 0)).reply()).isEqualTo("protocol_version");
    }

    @ParameterizedTest
    @CsvSource({
        "15 03 01 0002 0100, a record of type 21 where, unexpected_message",
        "17 03 03 0001 00, a record of type 23 where, unexpected_message",
        "16 03 01 0000, an empty record, unexpected_message",
        "16 03 01 4001, a record of 16385 bytes, record_overflow",
        "16 03 01 0004 02000000, a handshake message of type 2, unexpected_message",
        "16 03 01 0005 01000000 00, behind the ClientHello, unexpected_message",
        "16 03 01 0004 01004001, more than the limit messageMaxBytes 16384, decode_error",
        "16 03 01 0001 01 15, a record of type 21 inside, unexpected_message",
        "16 03 01 0001 01 16 03 01 0000, an empty record, unexpected_message",
        "16 03 01 0004 01000001 16 03 01 0002, behind the ClientHello, unexpected_message",
    })
    void recordsThatAreWrong(String hex, String complaint, String alert) {
        assertThat(refused(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .hasMessageContaining(complaint)
                .extracting(PeerViolation::reply)
                .isEqualTo(alert);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, plain HTTP",
        "POST /, plain HTTP",
        "PRI * HTTP/2.0, HTTP/2 in clear",
        "SSH-2.0-x, SSH",
        "PROXY TCP4, name haproxy: before the endpoint",
        "EHLO me, SMTP",
        "GEX, 'begins with \"G\", not with a TLS record'",
        "hello, 'begins with \"h\", not with a TLS record'",
    })
    void otherProtocolsAreToldByName(String start, String complaint) {
        PeerViolation refusal = refused(latin(start));

        assertThat(refusal).hasMessageContaining(complaint).hasMessageContaining("this port takes TLS only");
        assertThat(refusal.reply()).as("who speaks no TLS reads no alerts").isNull();
    }

    @Test
    void otherBytesAreShownAsNumbers() {
        assertThat(refused(bytes(0))).hasMessageContaining("the client begins with 0x00, not with a TLS record");
        assertThat(refused(bytes(0x90, 1, 2))).hasMessageContaining("begins with 0x90");
    }

    // Limits

    @Test
    @DisplayName("G1: the length is refused as soon as it is told")
    void theMessagesLengthIsBounded() {
        var limits = new ClientHelloLimits(usual().body().length, 1, 64, 512);
        byte[] wire = usual().record();

        assertThat(show(new ClientHelloMachine(limits), wire, wire.length)).isEqualTo(USUAL);
        byte[] longer = usual().extension(21, bytes()).record();
        byte[] header = new byte[9];
        System.arraycopy(longer, 0, header, 0, 9);
        assertThat(refused(header, limits)).hasMessageContaining("the limit messageMaxBytes");
        assertThat(refused(bytes(22, 3, 1, 0x40, 0, 1, 0xFF, 0xFF, 0xFF)).reply())
                .isEqualTo("decode_error");
    }

    @Test
    @DisplayName("G2: records, extensions and entries are counted")
    void countsAreBounded() {
        byte[] message = newest().cipherSuites(1, 2, 3).message();
        byte[] wire = records(message, message.length / 2 + 1);
        var enough = new ClientHelloLimits(1000, 2, 1, 3);
        assertThat(show(new ClientHelloMachine(enough), wire, wire.length)).isNotNull();

        assertThat(refused(wire, new ClientHelloLimits(1000, 1, 1, 3))).hasMessageContaining("limit recordsMax");
        assertThat(refused(wire, new ClientHelloLimits(1000, 2, 1, 2))).hasMessageContaining("limit entriesMax");
        assertThat(refused(newest().extension(21, bytes()).record(), new ClientHelloLimits(1000, 2, 1, 3)))
                .hasMessageContaining("limit extensionsMax");
        assertThat(refused(newest().protocols("a", "b", "c", "d").record(), new ClientHelloLimits(1000, 2, 9, 3)))
                .hasMessageContaining("limit entriesMax");
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new ClientHelloLimits(63, 1, 1, 1))
                .hasMessage("messageMaxBytes 63 is not between 64 and 65536");
        assertThatThrownBy(() -> new ClientHelloLimits(64, 0, 1, 1)).hasMessageStartingWith("recordsMax 0");
        assertThatThrownBy(() -> new ClientHelloLimits(64, 1, 1025, 1)).hasMessageStartingWith("extensionsMax 1025");
        assertThatThrownBy(() -> new ClientHelloLimits(64, 1, 1, 40_000)).hasMessageStartingWith("entriesMax 40000");
    }
}
