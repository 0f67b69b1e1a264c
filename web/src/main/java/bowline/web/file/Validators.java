package bowline.web.file;

import bowline.web.message.HttpDate;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// What tells one state of a file from another (RFC 9110 §8.8).
///
/// @param size in bytes
/// @param modified seconds since 1970
/// @param tag the entity tag, quotes included; strong: made of the exact time of change and the size
record Validators(long size, long modified, String tag) {

    static Validators of(BasicFileAttributes attributes) {
        Instant time = attributes.lastModifiedTime().toInstant();
        long nanos = time.getEpochSecond() * 1_000_000_000 + time.getNano();
        return new Validators(
                attributes.size(),
                time.getEpochSecond(),
                "\"" + Long.toHexString(nanos) + "-" + Long.toHexString(attributes.size()) + "\"");
    }

    String lastModified() {
        return HttpDate.format(modified);
    }
}
