package bowline.haproxy.message;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Addresses as text: four decimal octets (RFC 791), and the forms of RFC 4291 §2.2 for IPv6. Strict: no zones,
/// brackets, leading zeros in octets.
final class IpText {
    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final int OCTETS = 4;
    private static final int OCTET_MAX = 255;
    private static final int NONE = -1;

    private IpText() {}

    static ProxyAddress.@Nullable V4 v4(String text, int port) {
        long bits = octets(text);
        return bits < 0 ? null : new ProxyAddress.V4((int) bits, port);
    }

    /// The four octets as one number, or -1.
    private static long octets(String text) {
        long bits = 0;
        int start = 0;
        for (int i = 0; i < OCTETS; i++) {
            int dot = text.indexOf('.', start);
            boolean last = i == OCTETS - 1;
            if (last != (dot < 0)) {
                return NONE;
            }
            int octet = octet(last ? text.substring(start) : text.substring(start, dot));
            if (octet < 0) {
                return NONE;
            }
            bits = bits << Byte.SIZE | octet;
            start = dot + 1;
        }
        return bits;
    }

    private static int octet(String digits) {
        boolean plain = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        int octet = plain ? Integer.parseInt(digits) : NONE;
        return octet <= OCTET_MAX ? octet : NONE;
    }

    static ProxyAddress.@Nullable V6 v6(String text, int port) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] all = groups(text);
            return all == null || all.length != GROUPS ? null : of(all, new int[0], port);
        }
        int[] head = groups(text.substring(0, gap));
        int[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length >= GROUPS) {
            return null;
        }
        return of(head, tail, port);
    }

    private static ProxyAddress.V6 of(int[] head, int[] tail, int port) {
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return new ProxyAddress.V6(word(all, 0), word(all, GROUPS / 2), port);
    }

    private static long word(int[] groups, int from) {
        long word = 0;
        for (int i = from; i < from + GROUPS / 2; i++) {
            word = word << Short.SIZE | groups[i];
        }
        return word;
    }

    /// Groups between colons, the last of them perhaps an IPv4 address, which makes two; null if they are none.
    private static int @Nullable [] groups(String text) {
        int[] found = new int[GROUPS];
        int count = 0;
        int start = 0;
        while (start < text.length() || (count > 0 && start == text.length())) {
            int colon = text.indexOf(':', start);
            String group = colon < 0 ? text.substring(start) : text.substring(start, colon);
            if (colon < 0 && group.indexOf('.') >= 0 && count <= GROUPS - 2) {
                long bits = octets(group);
                if (bits < 0) {
                    return null;
                }
                found[count++] = (int) (bits >>> Short.SIZE);
                found[count++] = (int) (bits & 0xFFFF);
                return Arrays.copyOf(found, count);
            }
            int value = group(group);
            if (value < 0 || count == GROUPS) {
                return null;
            }
            found[count++] = value;
            if (colon < 0) {
                break;
            }
            start = colon + 1;
        }
        return Arrays.copyOf(found, count);
    }

    private static int group(String digits) {
        if (digits.isEmpty() || digits.length() > GROUP_DIGITS) {
            return NONE;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) <= 'f' ? Character.digit(digits.charAt(i), 16) : NONE;
            if (digit < 0) {
                return NONE;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static String text(ProxyAddress.V4 address) {
        int bits = address.bits();
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    /// In the one form of RFC 5952 §4: lower case, the first longest run of two or more zero groups left out.
    static String text(ProxyAddress.V6 address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long word = i < GROUPS / 2 ? address.high() : address.low();
            int behind = GROUPS / 2 - 1 - i % (GROUPS / 2);
            groups[i] = (int) (word >>> (Short.SIZE * behind)) & 0xFFFF;
        }
        int gap = GROUPS;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gap = i;
                gapLength = end - i;
            }
        }
        return gap == GROUPS
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, gap) + "::" + joined(groups, gap + gapLength, GROUPS);
    }

    private static String joined(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":")
                    .append(Integer.toHexString(groups[i]).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
