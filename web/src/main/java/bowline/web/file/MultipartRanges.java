package bowline.web.file;

import bowline.web.file.ByteRanges.ByteRange;
import bowline.web.server.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Several ranges of one file as one body, `multipart/byteranges` (RFC 9110 §14.6).
final class MultipartRanges {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BOUNDARY_BYTES = 16;

    private final List<ByteRange> ranges;
    private final String boundary;
    private final List<byte[]> heads = new ArrayList<>();
    private final byte[] end;

    /// @param contentType of the file itself
    MultipartRanges(List<ByteRange> ranges, long size, String contentType) {
        this.ranges = ranges;
        boundary = newBoundary();
        for (ByteRange range : ranges) {
            heads.add(ascii("\r\n--" + boundary + "\r\nContent-Type: " + contentType + "\r\nContent-Range: "
                    + contentRange(range, size) + "\r\n\r\n"));
        }
        end = ascii("\r\n--" + boundary + "--\r\n");
    }

    /// Cannot be guessed, so that no file can pretend to end its part (G11).
    private static String newBoundary() {
        var bytes = new byte[BOUNDARY_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String contentRange(ByteRange range, long size) {
        return "bytes " + range.first() + "-" + range.last() + "/" + size;
    }

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /// The length of everything.
    long length() {
        long length = end.length;
        for (int i = 0; i < ranges.size(); i++) {
            length += heads.get(i).length + ranges.get(i).length();
        }
        return length;
    }

    /// Reads or refers to the bytes of one range.
    interface RangeContent {
        Content of(ByteRange range) throws IOException;
    }

    Content content(RangeContent bytes) throws IOException {
        var inOrder = new ArrayList<Content>();
        for (int i = 0; i < ranges.size(); i++) {
            inOrder.add(Content.bytes(heads.get(i)));
            inOrder.add(bytes.of(ranges.get(i)));
        }
        inOrder.add(Content.bytes(end));
        return new Content.Several(inOrder);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
