package bowline.tls.hello;

import static bowline.tls.hello.ClientHelloLimits.MESSAGE_HEADER_BYTES;
import static bowline.tls.hello.ClientHelloLimits.RECORD_HEADER_BYTES;

import bowline.machine.PeerViolation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Looks at the first message of a client without taking it: the engine that is chosen by it reads the same bytes
/// again.
///
///     record:  type 22, version 3.x, length, fragment     any number of them, cut anywhere
///     message: type 1, length, ClientHello                the fragments, joined
///
/// The first wrong byte is refused, however few have come. A client that does not speak TLS at all is told from one
/// that speaks it wrongly: only the latter has a [reply][PeerViolation#reply], the name of an alert for
/// [AlertRecord].
///
/// It keeps no bytes, but how far it has looked, so that one byte at a time costs linear time (G7).
public final class ClientHelloMachine {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int MAJOR_VERSION = 3;

    /// The longest fragment (RFC 8446 §5.1).
    private static final int FRAGMENT_MAX_BYTES = 16_384;

    private static final String RECORDS = "TLS records, RFC 8446 §5.1";
    private static final String HANDSHAKES = "TLS handshake, RFC 8446 §4";

    private final ClientHelloLimits limits;

    /// Where the record that is being looked at begins, from the buffer's position, and its number from 0.
    private int recordAt;

    private int record;

    /// How much of the record's header is known to be good, and the length that it tells.
    private int headerSeen;

    private int fragmentLength;

    /// Bytes of the message in the records before, and the length of all of it with its header, when known.
    private int messageBefore;

    private int messageHeaderSeen;
    private int messageHeader;
    private @Nullable ClientHello hello;

    /// Reads ClientHellos within `limits`.
    public ClientHelloMachine(ClientHelloLimits limits) {
        this.limits = limits;
    }

    /// What the client says, or null while its end has not come. Nothing is taken: show all of it again, with more
    /// behind it, until there is an answer, which then stays the same.
    ///
    /// @param unread all bytes of the connection so far
    /// @throws PeerViolation if they cannot begin a TLS connection
    public @Nullable ClientHello next(ByteBuffer unread) {
        while (hello == null) {
            if (!headerRead(unread) || !messageHeaderRead(unread) || !fragmentHere(unread)) {
                return null;
            }
            endRecord(unread);
        }
        return hello;
    }

    // A record's header

    private boolean headerRead(ByteBuffer unread) {
        while (headerSeen < RECORD_HEADER_BYTES) {
            int at = recordAt + headerSeen;
            if (at >= unread.remaining()) {
                return false;
            }
            if (at == 0 && !ForeignProtocol.ruledOut(unread)) {
                return false;
            }
            checkHeaderByte(byteAt(unread, at));
            headerSeen++;
        }
        return true;
    }

    private void checkHeaderByte(int value) {
        switch (headerSeen) {
            case 0 -> checkRecordType(value);
            case 1 -> checkMajorVersion(value);
            case 2 -> fragmentLength = 0; // the minor version means nothing (RFC 8446 §5.1)
            case 3 -> fragmentLength = value << Byte.SIZE;
            default -> {
                fragmentLength |= value;
                checkFragmentLength();
            }
        }
    }

    private void checkRecordType(int type) {
        if (type != HANDSHAKE) {
            throw violation(
                    "a record of type " + type + " "
                            + (record == 0 ? "where a ClientHello begins" : "inside a ClientHello"),
                    RECORDS,
                    "unexpected_message");
        }
    }

    private static void checkMajorVersion(int major) {
        if (major != MAJOR_VERSION) {
            throw violation("a record of version " + major + ".x, and no TLS has that", RECORDS, "protocol_version");
        }
    }

    private void checkFragmentLength() {
        if (fragmentLength == 0) {
            throw violation("an empty record inside a ClientHello", RECORDS, "unexpected_message");
        }
        if (fragmentLength > FRAGMENT_MAX_BYTES) {
            throw violation(
                    "a record of " + fragmentLength + " bytes, where " + FRAGMENT_MAX_BYTES + " are the most",
                    RECORDS,
                    "record_overflow");
        }
        if (messageHeaderSeen == MESSAGE_HEADER_BYTES) {
            checkNothingBehind();
        }
    }

    // The message's header, which may itself be spread over records

    private boolean messageHeaderRead(ByteBuffer unread) {
        while (messageHeaderSeen < MESSAGE_HEADER_BYTES && messageHeaderSeen - messageBefore < fragmentLength) {
            int at = recordAt + RECORD_HEADER_BYTES + messageHeaderSeen - messageBefore;
            if (at >= unread.remaining()) {
                return false;
            }
            messageHeader = (messageHeader << Byte.SIZE) | byteAt(unread, at);
            messageHeaderSeen++;
            if (messageHeaderSeen == 1 && messageHeader != CLIENT_HELLO) {
                throw violation(
                        "a handshake message of type " + messageHeader + ", where a ClientHello belongs",
                        HANDSHAKES,
                        "unexpected_message");
            }
            if (messageHeaderSeen == MESSAGE_HEADER_BYTES) {
                checkMessageLength();
                checkNothingBehind();
            }
        }
        return true;
    }

    private int messageLength() {
        return messageHeader & 0xFFFFFF;
    }

    private void checkMessageLength() {
        if (messageLength() > limits.messageMaxBytes()) {
            throw violation(
                    "a ClientHello of " + messageLength() + " bytes, more than the limit messageMaxBytes "
                            + limits.messageMaxBytes() + " allows",
                    HANDSHAKES,
                    "decode_error");
        }
    }

    /// What comes next is read with other keys, maybe, so a ClientHello ends where its record ends.
    private void checkNothingBehind() {
        if (messageBefore + fragmentLength > MESSAGE_HEADER_BYTES + messageLength()) {
            throw violation("something behind the ClientHello in the same record", RECORDS, "unexpected_message");
        }
    }

    // A whole record

    private boolean fragmentHere(ByteBuffer unread) {
        return unread.remaining() - recordAt - RECORD_HEADER_BYTES >= fragmentLength;
    }

    private void endRecord(ByteBuffer unread) {
        messageBefore += fragmentLength;
        recordAt += RECORD_HEADER_BYTES + fragmentLength;
        headerSeen = 0;
        record++;
        if (messageHeaderSeen == MESSAGE_HEADER_BYTES && messageBefore == MESSAGE_HEADER_BYTES + messageLength()) {
            hello = new ClientHelloReader(limits).read(joined(unread));
        } else if (record == limits.recordsMax()) {
            throw violation(
                    "a ClientHello in more than " + record + " records, as many as the limit recordsMax allows",
                    RECORDS,
                    "decode_error");
        }
    }

    /// The message without its header, copied out of the records.
    private byte[] joined(ByteBuffer unread) {
        byte[] message = new byte[messageBefore];
        int filled = 0;
        for (int at = unread.position(); filled < message.length; ) {
            int length = ((unread.get(at + 3) & 0xFF) << Byte.SIZE) | (unread.get(at + 4) & 0xFF);
            unread.get(at + RECORD_HEADER_BYTES, message, filled, length);
            filled += length;
            at += RECORD_HEADER_BYTES + length;
        }
        byte[] body = new byte[message.length - MESSAGE_HEADER_BYTES];
        System.arraycopy(message, MESSAGE_HEADER_BYTES, body, 0, body.length);
        return body;
    }

    private static int byteAt(ByteBuffer unread, int at) {
        return unread.get(unread.position() + at) & 0xFF;
    }

    private static PeerViolation violation(String what, String source, String alert) {
        return new PeerViolation("the client sent " + what, source, alert);
    }
}
