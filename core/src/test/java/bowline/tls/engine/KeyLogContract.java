package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Secrets for Wireshark (semantics TLS-16, RFC 9850). That they are the right ones is shown by reading a record with
/// them.
abstract class KeyLogContract extends HostilePeerContract {

    private static final HexFormat HEX = HexFormat.of();

    private final List<String> clientLog = new ArrayList<>();
    private final List<String> serverLog = new ArrayList<>();

    @BeforeEach
    void forget() {
        clientLog.clear();
        serverLog.clear();
    }

    private TlsPair logged(TlsVersion version, int pieceBytes) throws Exception {
        assumeFalse(
                clients().lacks().contains(TlsProvider.Feature.KEY_LOG)
                        || servers().lacks().contains(TlsProvider.Feature.KEY_LOG),
                "a provider that keeps no key log");
        return TlsPair.cut(
                client(only(version).keyLog(clientLog::add)).engine("server.test", PEER),
                server(only(version).keyLog(serverLog::add)).engine(),
                pieceBytes);
    }

    private static String secret(List<String> log, String label) {
        return log.stream()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + log));
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void tellsBothSidesTheSame(TlsVersion version) throws Exception {
        TlsPair pair = logged(version, 1).shakeHands();
        String random = HEX.formatHex(pair.client.sent.getFirst(), 11, 43);

        assertThat(clientLog).isNotEmpty().allMatch(line -> line.split(" ")[1].equals(random));
        assertThat(clientLog).containsExactlyInAnyOrderElementsOf(serverLog).doesNotHaveDuplicates();
        if (version == TlsVersion.TLS_1_3) {
            assertThat(clientLog.stream().map(line -> line.split(" ")[0]))
                    .contains(
                            "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                            "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                            "CLIENT_TRAFFIC_SECRET_0",
                            "SERVER_TRAFFIC_SECRET_0");
        }
    }

    @Test
    void readsARecordOfTls13ByTheLog() throws Exception {
        TlsPair pair = logged(TlsVersion.TLS_1_3, Integer.MAX_VALUE).shakeHands();
        assertThat(pair.client.engine.session().cipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        pair.client.write("seen by whoever has the log");
        pair.client.go();
        byte[] secret = HEX.parseHex(secret(clientLog, "CLIENT_TRAFFIC_SECRET_0"));
        byte[] key = expandLabel(secret, "key", 16);
        byte[] nonce = expandLabel(secret, "iv", 12); // the first record under this secret: RFC 8446 §5.3
        byte[] record = pair.client.sent.getLast();
        byte[] plain = open(key, nonce, Arrays.copyOf(record, 5), Arrays.copyOfRange(record, 5, record.length));

        assertThat(new String(plain, StandardCharsets.US_ASCII)).startsWith("seen by whoever has the log");
    }

    @Test
    void readsARecordOfTls12ByTheLog() throws Exception {
        TlsPair pair = logged(TlsVersion.TLS_1_2, Integer.MAX_VALUE).shakeHands();
        assertThat(pair.client.engine.session().cipherSuite()).endsWith("_AES_128_GCM_SHA256");
        pair.client.write("seen by whoever has the log");
        pair.client.go();
        byte[] master = HEX.parseHex(secret(clientLog, "CLIENT_RANDOM"));
        byte[] clientRandom = Arrays.copyOfRange(pair.client.sent.getFirst(), 11, 43);
        byte[] serverRandom = Arrays.copyOfRange(pair.server.sent.getFirst(), 11, 43);
        byte[] keys = prf(master, "key expansion", concat(serverRandom, clientRandom), 40);
        byte[] record = pair.client.sent.getLast();
        int length = record.length - 5 - 8 - 16;
        byte[] nonce = concat(Arrays.copyOfRange(keys, 32, 36), Arrays.copyOfRange(record, 5, 13)); // RFC 5288 §3
        byte[] header = {0, 0, 0, 0, 0, 0, 0, 1, 23, 3, 3, (byte) (length >> 8), (byte) length};
        byte[] plain = open(Arrays.copyOf(keys, 16), nonce, header, Arrays.copyOfRange(record, 13, record.length));

        assertThat(new String(plain, StandardCharsets.US_ASCII)).isEqualTo("seen by whoever has the log");
    }

    @Test
    @DisplayName("whoever has no log is heard by nobody, though others have one")
    void tellsNothingOfOthers() throws Exception {
        logged(TlsVersion.TLS_1_3, Integer.MAX_VALUE).shakeHands();
        clientLog.clear();
        serverLog.clear();
        pair(only(TlsVersion.TLS_1_3)).shakeHands();
        pair(only(TlsVersion.TLS_1_2)).shakeHands();

        assertThat(clientLog).isEmpty();
        assertThat(serverLog).isEmpty();
    }

    private static byte[] open(byte[] key, byte[] nonce, byte[] header, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(sealed);
    }

    /// HKDF-Expand-Label with an empty context, for no more than a hash's length (RFC 8446 §7.1).
    private static byte[] expandLabel(byte[] secret, String label, int length) throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = concat(new byte[] {0, (byte) length, (byte) name.length}, name);
        return Arrays.copyOf(hmac(secret, concat(info, new byte[] {0, 1})), length);
    }

    /// RFC 5246 §5
    private static byte[] prf(byte[] secret, String label, byte[] seed, int length) throws GeneralSecurityException {
        byte[] labelled = concat(label.getBytes(StandardCharsets.US_ASCII), seed);
        byte[] output = new byte[0];
        byte[] chain = labelled;
        while (output.length < length) {
            chain = hmac(secret, chain);
            output = concat(output, hmac(secret, concat(chain, labelled)));
        }
        return Arrays.copyOf(output, length);
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
