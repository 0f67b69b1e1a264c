package bowline.web.file;

import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.HttpDate;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What a request assumes about the state of a file (RFC 9110 §13).
final class Preconditions {

    /// What follows for the request.
    enum Outcome {
        /// Do as asked.
        GO_ON,
        /// The client has it already: 304.
        NOT_MODIFIED,
        /// What was assumed does not hold: 412.
        FAILED
    }

    private final Headers headers;
    private final Validators file;
    private final Instant now;

    /// Judges a GET or HEAD.
    Preconditions(Headers headers, Validators file, Instant now) {
        this.headers = headers;
        this.file = file;
        this.now = now;
    }

    /// In the order of RFC 9110 §13.2.2: the tag decides where there is one, the date only without.
    Outcome outcome() {
        if (headers.has(HeaderName.IF_MATCH)) {
            if (!lists(HeaderName.IF_MATCH, false)) {
                return Outcome.FAILED;
            }
        } else if (isModifiedSince(HeaderName.IF_UNMODIFIED_SINCE, false)) {
            return Outcome.FAILED;
        }
        if (headers.has(HeaderName.IF_NONE_MATCH)) {
            return lists(HeaderName.IF_NONE_MATCH, true) ? Outcome.NOT_MODIFIED : Outcome.GO_ON;
        }
        return isModifiedSince(HeaderName.IF_MODIFIED_SINCE, true) ? Outcome.GO_ON : Outcome.NOT_MODIFIED;
    }

    /// Whether a range may be sent: there is no `If-Range`, or it names exactly this state (RFC 9110 §13.1.5).
    boolean rangeHolds() {
        String value = headers.first(HeaderName.IF_RANGE);
        if (value == null) {
            return true;
        }
        if (value.startsWith("\"") || value.startsWith("W/")) {
            return value.equals(file.tag());
        }
        // A date tells two states apart only when it is not that of the second in which we answer.
        return date(value) == file.modified() && file.modified() < now.getEpochSecond();
    }

    /// @param absent what to answer when there is no such date, or it is none, or in the future
    private boolean isModifiedSince(HeaderName name, boolean absent) {
        String value = headers.repeated(name) ? null : headers.first(name);
        long date = value == null ? HttpDate.NONE : date(value);
        if (date == HttpDate.NONE || (absent && date > now.getEpochSecond())) {
            return absent;
        }
        return file.modified() > date;
    }

    private long date(String value) {
        return HttpDate.parse(value, now.atOffset(ZoneOffset.UTC).getYear());
    }

    /// Whether `*` or our tag is in the lists of that name. A comma may be part of a tag (RFC 9110 §8.8.3).
    ///
    /// @param weakly whether a weak tag of the same text will do
    private boolean lists(HeaderName name, boolean weakly) {
        for (String list : headers.all(name)) {
            if (list.equals("*") || listContains(list, weakly)) {
                return true;
            }
        }
        return false;
    }

    private boolean listContains(String list, boolean weakly) {
        int at = 0;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            boolean weak = list.startsWith("W/", at);
            String tag = tagAt(list, weak ? at + 2 : at);
            if (tag == null) {
                return false; // No list of tags: matches nothing.
            }
            if (tag.equals(file.tag()) && (weakly || !weak)) {
                return true;
            }
            at += tag.length() + (weak ? 2 : 0);
        }
        return false;
    }

    private static @Nullable String tagAt(String list, int at) {
        int end = at < list.length() && list.charAt(at) == '"' ? list.indexOf('"', at + 1) : -1;
        return end < 0 ? null : list.substring(at, end + 1);
    }
}
