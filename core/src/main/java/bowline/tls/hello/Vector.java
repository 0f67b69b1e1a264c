package bowline.tls.hello;

import bowline.machine.PeerViolation;
import java.nio.charset.StandardCharsets;

/// A piece of a message, read from its beginning to its end: numbers, and vectors with their length before them
/// (RFC 8446 §3.4).
final class Vector {
    private final byte[] message;
    private final String name;
    private int at;
    private final int end;

    /// @param name what it is, for complaints, as in `cipher suites`
    Vector(byte[] message, int from, int end, String name) {
        this.message = message;
        this.name = name;
        this.end = end;
        at = from;
    }

    int remaining() {
        return end - at;
    }

    boolean hasRemaining() {
        return at < end;
    }

    int u8() {
        need(1);
        return message[at++] & 0xFF;
    }

    int u16() {
        need(2);
        return (u8() << Byte.SIZE) | u8();
    }

    void skip(int length) {
        need(length);
        at += length;
    }

    /// A vector whose length is a number of one byte.
    Vector vector8(String called, int leastBytes) {
        return vector(u8(), called, leastBytes);
    }

    /// A vector whose length is a number of two bytes.
    Vector vector16(String called, int leastBytes) {
        return vector(u16(), called, leastBytes);
    }

    private Vector vector(int length, String called, int leastBytes) {
        if (length > remaining()) {
            throw wrong(called + ": " + length + " bytes are told, and " + remaining() + " are there");
        }
        if (length < leastBytes) {
            throw wrong(called + ": " + length + " bytes, where " + leastBytes + " are the least");
        }
        at += length;
        return new Vector(message, at - length, at, called);
    }

    /// All that remains, a character for each byte.
    String text() {
        String text = new String(message, at, remaining(), StandardCharsets.ISO_8859_1);
        at = end;
        return text;
    }

    /// Nothing may be left.
    void end() {
        if (hasRemaining()) {
            throw wrong(name + ": " + remaining() + " bytes too many");
        }
    }

    private void need(int length) {
        if (length > remaining()) {
            throw wrong(name + ": it ends too early");
        }
    }

    private static PeerViolation wrong(String what) {
        return new PeerViolation("the ClientHello is broken, " + what, "RFC 8446 §4.1.2", "decode_error");
    }
}
