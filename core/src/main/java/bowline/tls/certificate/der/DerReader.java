package bowline.tls.certificate.der;

import java.math.BigInteger;
import java.util.Arrays;

/// Reads DER part by part, each by the type that must stand there. Strict: whatever BER allows beyond DER is refused
/// (X.690 §10, §11), and so is a length beyond the end of what is around it. It copies what it answers and nothing
/// else, so that a length alone never costs memory (G1).
public final class DerReader {
    private static final int LENGTH_BYTES_MAX = 4;
    private static final int OID_BYTES_MAX = 64;

    private final byte[] bytes;
    private int at;
    private final int end;

    private DerReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /// Reads `der`, which must not change meanwhile.
    public static DerReader of(byte[] der) {
        return new DerReader(der, 0, der.length);
    }

    /// Whether something is left.
    public boolean hasMore() {
        return at < end;
    }

    /// Whether the next part has this tag; false at the end.
    public boolean nextIs(int tag) {
        return at < end && (bytes[at] & 0xFF) == tag;
    }

    /// Nothing must be left.
    ///
    /// @throws NotDer if something is
    public void end() throws NotDer {
        if (at < end) {
            throw fault(at, (end - at) + " bytes too many");
        }
    }

    /// The parts of the next part, which has this tag.
    public DerReader parts(int tag) throws NotDer {
        int contentEnd = open(tag);
        var parts = new DerReader(bytes, at, contentEnd);
        at = contentEnd;
        return parts;
    }

    /// The parts of a SEQUENCE.
    public DerReader sequence() throws NotDer {
        return parts(Tag.SEQUENCE);
    }

    /// What is in the next part, which has this tag, as it stands there.
    public byte[] content(int tag) throws NotDer {
        int contentEnd = open(tag);
        byte[] content = Arrays.copyOfRange(bytes, at, contentEnd);
        at = contentEnd;
        return content;
    }

    /// The whole next part, whatever it is, with its tag and length.
    public byte[] element() throws NotDer {
        int start = at;
        skip();
        return Arrays.copyOfRange(bytes, start, at);
    }

    /// Goes past the next part, whatever it is.
    public void skip() throws NotDer {
        if (at >= end) {
            throw fault(at, "nothing is left where something must stand");
        }
        at = open(bytes[at] & 0xFF);
    }

    /// A BOOLEAN (X.690 §11.1).
    public boolean bool() throws NotDer {
        int start = at;
        byte[] content = content(Tag.BOOLEAN);
        if (content.length != 1 || (content[0] != 0 && content[0] != -1)) {
            throw fault(start, "a BOOLEAN is one byte, 00 or ff");
        }
        return content[0] != 0;
    }

    /// An INTEGER (X.690 §8.3).
    public BigInteger integer() throws NotDer {
        int start = at;
        byte[] content = content(Tag.INTEGER);
        if (content.length == 0) {
            throw fault(start, "an INTEGER without a byte");
        }
        if (content.length > 1 && (content[0] == 0 || content[0] == -1) && (content[0] ^ content[1]) >= 0) {
            throw fault(start, "an INTEGER that is not in its shortest form, X.690 §8.3.2");
        }
        return new BigInteger(content);
    }

    /// An INTEGER within bounds, both included.
    public int integer(int min, int max) throws NotDer {
        int start = at;
        BigInteger value = integer();
        if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw fault(start, "a number that is not from " + min + " to " + max);
        }
        return value.intValue();
    }

    /// An OCTET STRING.
    public byte[] octetString() throws NotDer {
        return content(Tag.OCTET_STRING);
    }

    /// A BIT STRING of whole bytes.
    public byte[] bitString() throws NotDer {
        int start = at;
        return wholeBytes(start, content(Tag.BIT_STRING));
    }

    private byte[] wholeBytes(int start, byte[] content) throws NotDer {
        if (content.length == 0 || content[0] != 0) {
            throw fault(start, "a BIT STRING that is not of whole bytes");
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    /// An OBJECT IDENTIFIER, as in `1.2.840.113549.1.1.1`.
    public String objectIdentifier() throws NotDer {
        int start = at;
        byte[] content = content(Tag.OBJECT_IDENTIFIER);
        if (content.length == 0 || content.length > OID_BYTES_MAX || content[content.length - 1] < 0) {
            throw fault(start, "an OBJECT IDENTIFIER of 1 to " + OID_BYTES_MAX + " bytes must stand here, whole");
        }
        var text = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        boolean first = true;
        for (byte each : content) {
            if (arc.signum() == 0 && each == (byte) 0x80) {
                throw fault(start, "an OBJECT IDENTIFIER that is not in its shortest form, X.690 §8.19.2");
            }
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(each & 0x7F));
            if (each >= 0) {
                text.append(first ? firstArcs(arc) : "." + arc);
                first = false;
                arc = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    /// The first two numbers share one (X.690 §8.19.4).
    private static String firstArcs(BigInteger both) {
        int top = both.bitLength() > 7 ? 2 : Math.min(both.intValue() / 40, 2);
        return top + "." + both.subtract(BigInteger.valueOf(40L * top));
    }

    /// A NULL.
    public void nothing() throws NotDer {
        int start = at;
        if (content(Tag.NULL).length != 0) {
            throw fault(start, "a NULL with something in it");
        }
    }

    /// Steps into the next part, and answers where its content ends.
    private int open(int tag) throws NotDer {
        if (at >= end) {
            throw fault(at, "nothing is left where " + Tag.name(tag) + " must stand");
        }
        int found = bytes[at] & 0xFF;
        if (found != tag) {
            throw fault(at, Tag.name(found) + " stands where " + Tag.name(tag) + " must");
        }
        if ((found & 0x1F) == 0x1F) {
            throw fault(at, "a tag of several bytes, which nothing here has");
        }
        at++;
        int length = length();
        if (length > end - at) {
            throw fault(at, "a length of " + length + ", and " + (end - at) + " bytes are left");
        }
        return at + length;
    }

    private int length() throws NotDer {
        int start = at;
        if (at >= end) {
            throw fault(at, "a length is missing");
        }
        int first = bytes[at++] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7F;
        if (count == 0 || count > LENGTH_BYTES_MAX || count > end - at) {
            throw fault(start, "a length that is without end, or longer than anything here, X.690 §10.1");
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << Byte.SIZE) | (bytes[at++] & 0xFF);
        }
        if (length < 0x80 || length >>> (Byte.SIZE * (count - 1)) == 0) {
            throw fault(start, "a length that is not in its shortest form, X.690 §10.1");
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    private static NotDer fault(int offset, String what) {
        return new NotDer(offset, what);
    }
}
