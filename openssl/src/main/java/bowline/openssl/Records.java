package bowline.openssl;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where records begin and end (RFC 8446 §5.1), so that the library is shown whole ones only.
final class Records {
    static final int HEADER_BYTES = 5;

    /// The type of a record that says that the next ones are enciphered. In TLS 1.3 it says nothing.
    static final byte CHANGE_CIPHER_SPEC = 20;

    /// The type of a record with an alert, unless TLS 1.3 has enciphered it.
    static final byte ALERT = 21;

    /// The longest ciphertext that either version allows to a peer that does not compress.
    static final int CONTENT_MAX_BYTES = 16_384 + 320;

    /// Without a version of TLS.
    static final int NOT_TLS = -1;
    /// Longer than any may be.
    static final int TOO_LONG = -2;

    private static final int MAJOR_VERSION = 3;
    private static final int LENGTH_AT = 3;

    private Records() {}

    /// How long the next record is; 0 if it is not whole yet, or [#NOT_TLS], or [#TOO_LONG].
    static int length(ByteBuffer records) {
        int left = records.remaining();
        if (left < HEADER_BYTES) {
            return 0;
        }
        int at = records.position();
        if (records.get(at + 1) != MAJOR_VERSION) {
            return NOT_TLS;
        }
        int content = contentBytes(records, at);
        if (content > CONTENT_MAX_BYTES) {
            return TOO_LONG;
        }
        return left < HEADER_BYTES + content ? 0 : HEADER_BYTES + content;
    }

    /// How long the content is of the record that begins there.
    static int contentBytes(ByteBuffer records, int begin) {
        return Byte.toUnsignedInt(records.get(begin + LENGTH_AT)) << Byte.SIZE
                | Byte.toUnsignedInt(records.get(begin + LENGTH_AT + 1));
    }

    /// A record that no version knows; what is in it does not matter.
    static final byte[] OF_NO_TYPE = {99, MAJOR_VERSION, MAJOR_VERSION, 0, 1, 0};

    /// The header of the next record, with a length that no implementation takes.
    static byte[] muchTooLong(ByteBuffer records) {
        return new byte[] {records.get(records.position()), MAJOR_VERSION, MAJOR_VERSION, -1, -1};
    }

    /// Whether the last one of these records is that alert, in clear.
    static boolean endsWithAlert(byte[] records, int number) {
        byte[] alert = alert(number);
        int begin = records.length - alert.length;
        if (begin < 0) {
            return false;
        }
        alert[2] = records[begin + 2]; // of whatever version
        return Arrays.equals(records, begin, records.length, alert, 0, alert.length);
    }

    /// An alert in clear, as it is sent before anything is enciphered.
    static byte[] alert(int number) {
        byte alertType = 21;
        byte fatal = 2;
        return new byte[] {alertType, MAJOR_VERSION, MAJOR_VERSION, 0, 2, fatal, (byte) number};
    }
}
