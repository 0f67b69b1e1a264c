package bowline.tls.certificate.der;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/// Writes DER: each function answers one part, with its tag and length, to be put into others.
///
///     sequence(objectIdentifier(Oid.RSA), nothing())
public final class DerWriter {
    private static final int SHORT_MAX = 0x7F;
    private static final int UTC_YEAR_MIN = 1950;
    private static final int UTC_YEAR_MAX = 2049;
    private static final int YEAR_MAX = 9999;

    private DerWriter() {}

    /// A part with this tag, and `contents` in it one behind the other.
    public static byte[] part(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length = Math.addExact(length, content.length);
        }
        byte[] header = header(tag, length);
        byte[] all = Arrays.copyOf(header, Math.addExact(header.length, length));
        int at = header.length;
        for (byte[] content : contents) {
            System.arraycopy(content, 0, all, at, content.length);
            at += content.length;
        }
        return all;
    }

    private static byte[] header(int tag, int length) {
        if (length <= SHORT_MAX) {
            return new byte[] {(byte) tag, (byte) length};
        }
        int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
        var header = new byte[2 + count];
        header[0] = (byte) tag;
        header[1] = (byte) (0x80 | count);
        for (int i = 0; i < count; i++) {
            header[2 + i] = (byte) (length >>> (Byte.SIZE * (count - 1 - i)));
        }
        return header;
    }

    /// A SEQUENCE.
    public static byte[] sequence(byte[]... parts) {
        return part(Tag.SEQUENCE, parts);
    }

    /// A SEQUENCE.
    public static byte[] sequence(Collection<byte[]> parts) {
        return sequence(parts.toArray(byte[][]::new));
    }

    /// A SET, its parts sorted (X.690 §11.6).
    public static byte[] set(byte[]... parts) {
        byte[][] sorted = parts.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return part(Tag.SET, sorted);
    }

    /// `[number]` around a part.
    public static byte[] explicit(int number, byte[]... parts) {
        return part(Tag.constructed(number), parts);
    }

    /// An INTEGER.
    public static byte[] integer(BigInteger value) {
        return part(Tag.INTEGER, value.toByteArray());
    }

    /// An INTEGER.
    public static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    /// An ENUMERATED.
    public static byte[] enumerated(int value) {
        return part(Tag.ENUMERATED, BigInteger.valueOf(value).toByteArray());
    }

    /// A BOOLEAN.
    public static byte[] bool(boolean value) {
        return part(Tag.BOOLEAN, new byte[] {(byte) (value ? 0xFF : 0)});
    }

    /// A NULL.
    public static byte[] nothing() {
        return part(Tag.NULL);
    }

    /// An OCTET STRING.
    public static byte[] octetString(byte[] value) {
        return part(Tag.OCTET_STRING, value);
    }

    /// A BIT STRING of whole bytes.
    public static byte[] bitString(byte[] value) {
        return part(Tag.BIT_STRING, new byte[] {0}, value);
    }

    /// A BIT STRING whose bits have names: `bits` says which are set, bit 0 of the string being the lowest of
    /// them. What is behind the last that is set is left away (X.690 §11.2.2).
    public static byte[] namedBits(int bits) {
        int count = Integer.SIZE - Integer.numberOfLeadingZeros(bits);
        var content = new byte[1 + (count + 7) / Byte.SIZE];
        content[0] = (byte) ((content.length - 1) * Byte.SIZE - count);
        for (int bit = 0; bit < count; bit++) {
            if (((bits >>> bit) & 1) != 0) {
                content[1 + bit / Byte.SIZE] |= (byte) (0x80 >>> (bit % Byte.SIZE));
            }
        }
        return part(Tag.BIT_STRING, content);
    }

    /// Text.
    public static byte[] utf8String(String value) {
        return part(Tag.UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    /// An OBJECT IDENTIFIER.
    ///
    /// @param name as in `1.2.840.113549.1.1.1`
    /// @throws IllegalArgumentException if it is none
    public static byte[] objectIdentifier(String name) {
        String[] arcs = name.split("\\.", -1);
        if (arcs.length < 2) {
            throw new IllegalArgumentException("\"" + name + "\" is no object identifier");
        }
        var content = new byte[arcs.length][];
        content[0] = new byte[0];
        long top = arc(arcs[0], name);
        for (int i = 1; i < arcs.length; i++) {
            content[i] = base128(i == 1 ? Math.addExact(top * 40, arc(arcs[1], name)) : arc(arcs[i], name));
        }
        return part(Tag.OBJECT_IDENTIFIER, content);
    }

    private static long arc(String text, String name) {
        try {
            long arc = Long.parseLong(text);
            if (arc >= 0) {
                return arc;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new IllegalArgumentException("\"" + name + "\" is no object identifier");
    }

    private static byte[] base128(long value) {
        int count = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            int seven = (int) (value >>> (7 * (count - 1 - i))) & 0x7F;
            bytes[i] = (byte) (i == count - 1 ? seven : seven | 0x80);
        }
        return bytes;
    }

    /// A time as certificates have it (RFC 5280 §4.1.2.5): a UTCTime from 1950 to 2049, else a GeneralizedTime;
    /// to the second, what is below is cut off.
    ///
    /// @throws IllegalArgumentException if the year has not four digits
    public static byte[] time(Instant time) {
        int year = time.atZone(ZoneOffset.UTC).getYear();
        if (year < UTC_YEAR_MIN || year > UTC_YEAR_MAX) {
            return generalizedTime(time);
        }
        return part(Tag.UTC_TIME, digits(time).substring(2).getBytes(StandardCharsets.US_ASCII));
    }

    /// A GeneralizedTime to the second.
    ///
    /// @throws IllegalArgumentException if the year has not four digits
    public static byte[] generalizedTime(Instant time) {
        return part(Tag.GENERALIZED_TIME, digits(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static String digits(Instant time) {
        ZonedDateTime at = time.atZone(ZoneOffset.UTC);
        if (at.getYear() < 0 || at.getYear() > YEAR_MAX) {
            throw new IllegalArgumentException(time + " is too far away for a certificate");
        }
        return String.format(
                Locale.ROOT,
                "%04d%02d%02d%02d%02d%02dZ",
                at.getYear(),
                at.getMonthValue(),
                at.getDayOfMonth(),
                at.getHour(),
                at.getMinute(),
                at.getSecond());
    }
}
