package bowline.web.message;

/// How large a head may be (security rules G2, H1-7).
///
/// @param headMaxBytes all of it, first line and blank line included; at most [Headers#MAX_BYTES]
/// @param methodMaxBytes the method; a longer one is none that we have (501)
/// @param targetMaxBytes the request target (414)
/// @param fieldsMax the number of fields (431)
public record HeadLimits(int headMaxBytes, int methodMaxBytes, int targetMaxBytes, int fieldsMax) {

    /// 16 KiB in all, a method of 32 bytes, a target of 8 KiB, 500 fields.
    public static final HeadLimits USUAL = new HeadLimits(16 << 10, 32, 8 << 10, 500);

    /// Checks that none is less than 1 and that places fit.
    public HeadLimits {
        if (headMaxBytes < 1 || methodMaxBytes < 1 || targetMaxBytes < 1 || fieldsMax < 1) {
            throw new IllegalArgumentException("a limit below 1 would refuse every message");
        }
        if (headMaxBytes > Headers.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "headMaxBytes " + headMaxBytes + " is more than " + Headers.MAX_BYTES + ", which can be held");
        }
    }

    /// The same with another limit for the whole head.
    public HeadLimits headMaxBytes(int bytes) {
        return new HeadLimits(bytes, methodMaxBytes, targetMaxBytes, fieldsMax);
    }

    /// The same with another limit for the method.
    public HeadLimits methodMaxBytes(int bytes) {
        return new HeadLimits(headMaxBytes, bytes, targetMaxBytes, fieldsMax);
    }

    /// The same with another limit for the target.
    public HeadLimits targetMaxBytes(int bytes) {
        return new HeadLimits(headMaxBytes, methodMaxBytes, bytes, fieldsMax);
    }

    /// The same with another limit for the number of fields.
    public HeadLimits fieldsMax(int fields) {
        return new HeadLimits(headMaxBytes, methodMaxBytes, targetMaxBytes, fields);
    }
}
