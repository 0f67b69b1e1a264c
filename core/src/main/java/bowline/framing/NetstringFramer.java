package bowline.framing;

import bowline.bytes.Ascii;
import bowline.bytes.ByteSink;
import bowline.machine.Machine;
import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Cuts bytes into netstrings, `<length in decimal>:<bytes>,` (NST-1). Pure: no transport, clock or thread.
///
/// The length is taken as its digits come. The bytes are left unread until the comma is there, so a
/// peer that announces much and sends little costs nothing (G1).
public final class NetstringFramer implements Machine<ByteBuffer> {
    private static final String SOURCE = "netstring, NST-2";
    private static final int NO_DIGIT_YET = -1;

    private final int stringMaxBytes;
    private boolean inData;
    private int length = NO_DIGIT_YET;

    /// For netstrings within `limits`.
    public NetstringFramer(StringLimits limits) {
        stringMaxBytes = limits.stringMaxBytes();
    }

    /// The next string, a slice of `unread`, or null when none has ended yet.
    ///
    /// @throws PeerViolation if the bytes are no netstring or it is too long; the machine is of no more use then
    @Override
    public @Nullable ByteBuffer next(ByteBuffer unread) {
        while (!inData) {
            if (!unread.hasRemaining()) {
                return null;
            }
            takeLengthByte(unread);
        }
        return unread.remaining() > length ? takeData(unread) : null;
    }

    private void takeLengthByte(ByteBuffer unread) {
        byte next = unread.get();
        if (next == ':' && length != NO_DIGIT_YET) {
            inData = true;
        } else if (next < '0' || next > '9') {
            throw new PeerViolation(
                    "netstring length has " + Ascii.quote(unread.slice(unread.position() - 1, 1), 1)
                            + (length == NO_DIGIT_YET ? " where a digit must be" : " behind " + length),
                    SOURCE);
        } else if (length == 0) {
            throw new PeerViolation("netstring length begins with a zero", SOURCE);
        } else {
            addDigit(next - '0');
        }
    }

    private void addDigit(int digit) {
        long longer = Math.max(length, 0) * 10L + digit;
        if (longer > stringMaxBytes) {
            throw new PeerViolation(
                    "netstring length begins with " + longer + ", more than the " + stringMaxBytes
                            + " bytes that limit stringMaxBytes allows",
                    SOURCE);
        }
        length = (int) longer;
    }

    private ByteBuffer takeData(ByteBuffer unread) {
        int end = unread.position() + length;
        if (unread.get(end) != ',') {
            throw new PeerViolation(
                    "netstring of " + length + " bytes is followed by " + Ascii.quote(unread.slice(end, 1), 1)
                            + " in place of a comma",
                    SOURCE);
        }
        ByteBuffer data = unread.slice(unread.position(), length);
        unread.position(end + 1);
        inData = false;
        length = NO_DIGIT_YET;
        return data;
    }

    /// Writes `string` as a netstring.
    @Override
    public void send(ByteBuffer string, ByteSink sink) {
        sink.write(Ascii.bytes(string.remaining() + ":"));
        sink.write(string);
        sink.write(new byte[] {','});
    }
}
