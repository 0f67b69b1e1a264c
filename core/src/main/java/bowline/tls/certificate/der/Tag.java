package bowline.tls.certificate.der;

/// The tags of X.690 §8.1.2 that certificates and keys have in them.
public final class Tag {
    /// `true` or `false`.
    public static final int BOOLEAN = 0x01;
    /// A whole number.
    public static final int INTEGER = 0x02;
    /// Bits, here whole bytes nearly always.
    public static final int BIT_STRING = 0x03;
    /// Bytes.
    public static final int OCTET_STRING = 0x04;
    /// No value.
    public static final int NULL = 0x05;
    /// The name of a thing, see [Oid].
    public static final int OBJECT_IDENTIFIER = 0x06;
    /// One of a list.
    public static final int ENUMERATED = 0x0A;
    /// Text.
    public static final int UTF8_STRING = 0x0C;
    /// ASCII.
    public static final int IA5_STRING = 0x16;
    /// A time with a year of two digits.
    public static final int UTC_TIME = 0x17;
    /// A time with a year of four digits.
    public static final int GENERALIZED_TIME = 0x18;
    /// Parts in order.
    public static final int SEQUENCE = 0x30;
    /// Parts in no order; in DER, sorted.
    public static final int SET = 0x31;

    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;
    private static final int NUMBER_MAX = 30;

    private Tag() {}

    /// `[number]`, with parts inside.
    public static int constructed(int number) {
        return CONTEXT | CONSTRUCTED | checked(number);
    }

    /// `[number]`, in place of the tag of a simple value.
    public static int primitive(int number) {
        return CONTEXT | checked(number);
    }

    private static int checked(int number) {
        if (number < 0 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("tag number " + number + " is not from 0 to " + NUMBER_MAX);
        }
        return number;
    }

    /// For an error: `SEQUENCE`, `[0]`, `tag 0x13`.
    static String name(int tag) {
        return switch (tag) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case BIT_STRING -> "BIT STRING";
            case OCTET_STRING -> "OCTET STRING";
            case NULL -> "NULL";
            case OBJECT_IDENTIFIER -> "OBJECT IDENTIFIER";
            case ENUMERATED -> "ENUMERATED";
            case UTF8_STRING -> "UTF8String";
            case IA5_STRING -> "IA5String";
            case UTC_TIME -> "UTCTime";
            case GENERALIZED_TIME -> "GeneralizedTime";
            case SEQUENCE -> "SEQUENCE";
            case SET -> "SET";
            default -> (tag & 0xC0) == CONTEXT ? "[" + (tag & 0x1F) + "]" : "tag 0x%02x".formatted(tag);
        };
    }
}
