package bowline.web.http1;

import bowline.bytes.ByteSink;
import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import bowline.web.message.Status;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes heads straight into a sink, in few long pieces: lines that never change are ready made, and headers are
/// kept in the form in which they are written. Nothing here checks text: every string was checked when its head was
/// built (G3).
final class HeadWriter {
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] VERSION_LINE_END = ascii(" HTTP/1.1\r\n");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final int DIGITS_MAX = 19;

    /// Status lines with the usual reason, each made when first needed; racing threads make equal ones.
    private static final byte[] @Nullable [] STATUS_LINES = new byte[600][];

    private final byte[] scratch = new byte[CONTENT_LENGTH.length + DIGITS_MAX + 4];

    void statusLine(ResponseHead head, ByteSink sink) {
        if (head.reason().equals(Status.reason(head.status()))) {
            sink.write(statusLine(head.status()));
        } else {
            sink.write(latin1("HTTP/1.1 " + head.status() + " " + head.reason() + "\r\n"));
        }
    }

    static byte[] statusLine(int status) {
        byte[] line = STATUS_LINES[status];
        if (line == null) {
            line = ascii("HTTP/1.1 " + status + " " + Status.reason(status) + "\r\n");
            STATUS_LINES[status] = line;
        }
        return line;
    }

    void requestLine(RequestHead head, ByteSink sink) {
        sink.write(ascii(head.method() + " " + head.target()));
        sink.write(VERSION_LINE_END);
    }

    void fields(Headers headers, ByteSink sink) {
        headers.writeTo(sink);
    }

    void chunked(ByteSink sink) {
        sink.write(CHUNKED);
    }

    void close(ByteSink sink) {
        sink.write(CLOSE);
    }

    void end(ByteSink sink) {
        sink.write(LINE_END);
    }

    /// Writes the length as the last field, and the blank line with it.
    void contentLengthAndEnd(long length, ByteSink sink) {
        System.arraycopy(CONTENT_LENGTH, 0, scratch, 0, CONTENT_LENGTH.length);
        int at = decimal(length, CONTENT_LENGTH.length);
        scratch[at++] = '\r';
        scratch[at++] = '\n';
        scratch[at++] = '\r';
        scratch[at++] = '\n';
        sink.write(scratch, 0, at);
    }

    private int decimal(long number, int from) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = from + digits - 1; at >= from; at--) {
            scratch[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return from + digits;
    }

    /// Writes the line in front of a chunk.
    void chunkSize(int size, ByteSink sink) {
        int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(size)) / 4);
        for (int i = 0; i < digits; i++) {
            scratch[i] = (byte) Character.forDigit((size >>> (4 * (digits - 1 - i))) & 0xF, 16);
        }
        scratch[digits] = '\r';
        scratch[digits + 1] = '\n';
        sink.write(scratch, 0, digits + 2);
    }

    void lastChunk(Headers trailers, ByteSink sink) {
        sink.write(LAST_CHUNK);
        fields(trailers, sink);
        end(sink);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
