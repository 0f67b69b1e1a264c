package bowline.web.http1;

import bowline.web.message.HeadLimits;
import java.util.Objects;

/// What one HTTP/1.1 connection may ask of us (security rules G1, G2, H1-4, H1-6, H1-9, H1-11).
///
/// @param head how large a head may be
/// @param trailersMaxBytes how large trailers may be; their number is limited as that of fields
/// @param chunkExtensionsMaxBytes all chunk extensions of a message together
/// @param bodyMaxBytes a body, without its framing (413)
/// @param pipelinedMax requests that wait for their responses
/// @param informationalMax informational responses in front of a final one
public record Http1Limits(
        HeadLimits head,
        int trailersMaxBytes,
        int chunkExtensionsMaxBytes,
        long bodyMaxBytes,
        int pipelinedMax,
        int informationalMax) {

    /// The most that `pipelinedMax` can be.
    public static final int PIPELINED_MOST = 127;

    /// For servers: bodies of 64 MiB, 16 requests waiting, 8 KiB of trailers, 4 KiB of chunk extensions.
    public static final Http1Limits SERVER = new Http1Limits(HeadLimits.USUAL, 8 << 10, 4 << 10, 64L << 20, 16, 8);

    /// For clients: as for servers, but heads of 32 KiB and bodies of 1 TiB.
    public static final Http1Limits CLIENT =
            new Http1Limits(HeadLimits.USUAL.headMaxBytes(32 << 10), 8 << 10, 4 << 10, 1L << 40, 16, 8);

    /// Checks that each is a limit.
    public Http1Limits {
        Objects.requireNonNull(head);
        if (trailersMaxBytes < 2 || chunkExtensionsMaxBytes < 0 || bodyMaxBytes < 0 || informationalMax < 0) {
            throw new IllegalArgumentException("a limit is negative, or too small for the end of trailers");
        }
        if (pipelinedMax < 1 || pipelinedMax > PIPELINED_MOST) {
            throw new IllegalArgumentException("pipelinedMax " + pipelinedMax + " is not 1 to " + PIPELINED_MOST);
        }
    }

    /// The same with other limits for heads.
    public Http1Limits head(HeadLimits limits) {
        return new Http1Limits(
                limits, trailersMaxBytes, chunkExtensionsMaxBytes, bodyMaxBytes, pipelinedMax, informationalMax);
    }

    /// The same with another limit for bodies.
    public Http1Limits bodyMaxBytes(long bytes) {
        return new Http1Limits(head, trailersMaxBytes, chunkExtensionsMaxBytes, bytes, pipelinedMax, informationalMax);
    }

    /// The same with another number of requests that may wait.
    public Http1Limits pipelinedMax(int requests) {
        return new Http1Limits(
                head, trailersMaxBytes, chunkExtensionsMaxBytes, bodyMaxBytes, requests, informationalMax);
    }
}
