package bowline.tls.hello;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// ClientHellos byte by byte, good ones and bad ones.
public final class HelloBytes {
    private int version = 0x0303;
    private byte[] sessionId = {};
    private byte[] cipherSuites = u16s(0x1301, 0x1302, 0xC02F);
    private byte[] compressions = {0};
    private boolean withExtensions = true;
    private final List<byte[]> extensions = new ArrayList<>();

    private HelloBytes() {}

    /// TLS 1.3 and nothing else.
    public static HelloBytes newest() {
        return old().extension(43, vector8(u16s(0x0304, 0x0303)));
    }

    /// TLS 1.2, no extension.
    public static HelloBytes old() {
        return new HelloBytes();
    }

    public HelloBytes version(int number) {
        version = number;
        return this;
    }

    public HelloBytes sessionId(int length) {
        sessionId = new byte[length];
        return this;
    }

    public HelloBytes cipherSuites(int... numbers) {
        cipherSuites = u16s(numbers);
        return this;
    }

    public HelloBytes rawCipherSuites(byte[] bytes) {
        cipherSuites = bytes;
        return this;
    }

    public HelloBytes compressions(int... methods) {
        compressions = bytes(methods);
        return this;
    }

    public HelloBytes withoutExtensions() {
        withExtensions = false;
        return this;
    }

    public HelloBytes extension(int type, byte[] content) {
        extensions.add(join(u16s(type), vector16(content)));
        return this;
    }

    public HelloBytes serverName(String name) {
        return extension(0, vector16(join(bytes(0), vector16(latin(name)))));
    }

    public HelloBytes protocols(String... names) {
        byte[] list = {};
        for (String name : names) {
            list = join(list, vector8(latin(name)));
        }
        return extension(16, vector16(list));
    }

    /// Without the header of the message.
    public byte[] body() {
        byte[] body =
                join(u16s(version), new byte[32], vector8(sessionId), vector16(cipherSuites), vector8(compressions));
        return withExtensions ? join(body, vector16(join(extensions.toArray(byte[][]::new)))) : body;
    }

    public byte[] message() {
        return message(1, body());
    }

    /// In one record.
    public byte[] record() {
        return record(22, message());
    }

    // Pieces

    public static byte[] message(int type, byte[] body) {
        return join(bytes(type, body.length >> 16, body.length >> 8, body.length), body);
    }

    public static byte[] record(int type, byte[] fragment) {
        return join(bytes(type, 3, 1, fragment.length >> 8, fragment.length), fragment);
    }

    /// In records of at most so many bytes.
    public static byte[] records(byte[] message, int fragmentBytes) {
        var all = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += fragmentBytes) {
            int length = Math.min(fragmentBytes, message.length - at);
            byte[] fragment = new byte[length];
            System.arraycopy(message, at, fragment, 0, length);
            all.writeBytes(record(22, fragment));
        }
        return all.toByteArray();
    }

    public static byte[] u16s(int... numbers) {
        byte[] all = {};
        for (int number : numbers) {
            all = join(all, bytes(number >> 8, number));
        }
        return all;
    }

    public static byte[] vector8(byte[] content) {
        return join(bytes(content.length), content);
    }

    public static byte[] vector16(byte[] content) {
        return join(u16s(content.length), content);
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
