package bowline.cred.hash;

import java.text.Normalizer;

/// SASLprep (RFC 4013): one spelling for user names and passwords that look alike.
///
/// Mapping, NFKC, prohibited characters and the bidirectional rules are done. Two parts follow the JDK's Unicode, not
/// the Unicode 3.2 of the RFC: normalisation, and which code points are unassigned. Text of characters that were in
/// Unicode 3.2, unchanged since, comes out as the RFC says.
public final class SaslPrep {
    private SaslPrep() {}

    /// `text` prepared as one that is kept: unassigned code points are refused (RFC 3454 §7).
    ///
    /// @throws IllegalArgumentException if it has a character that SASLprep forbids, named by its code
    public static String stored(String text) {
        return prepare(text, false);
    }

    /// `text` prepared as one that is compared with what is kept: unassigned code points may be in it.
    ///
    /// @throws IllegalArgumentException if it has a character that SASLprep forbids, named by its code
    public static String query(String text) {
        return prepare(text, true);
    }

    private static String prepare(String text, boolean unassignedAllowed) {
        if (isPrintableAscii(text)) {
            return text;
        }
        String normal = Normalizer.normalize(mapped(text), Normalizer.Form.NFKC);
        normal.codePoints().forEach(c -> checkAllowed(c, unassignedAllowed));
        checkDirections(normal);
        return normal;
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /// RFC 4013 §2.1: spaces become one kind of space, some characters nothing.
    private static String mapped(String text) {
        var mapped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isOtherSpace(c)) {
                mapped.append(' ');
            } else if (!isMappedToNothing(c)) {
                mapped.appendCodePoint(c);
            }
        });
        return mapped.toString();
    }

    /// RFC 3454 table C.1.2. Its U+200B is in B.1 too and, being a space by §2.1, becomes one.
    private static boolean isOtherSpace(int c) {
        return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000;
    }

    /// RFC 3454 table B.1.
    private static boolean isMappedToNothing(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x1806
                || (c >= 0x180B && c <= 0x180D)
                || c == 0x200C
                || c == 0x200D
                || c == 0x2060
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFEFF;
    }

    /// RFC 4013 §2.3 and §2.5.
    private static void checkAllowed(int c, boolean unassignedAllowed) {
        int type = Character.getType(c);
        boolean forbidden = type == Character.CONTROL
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || isOtherSpace(c)
                || isOtherControl(c)
                || (c >= 0xFFF9 && c <= 0xFFFD)
                || (c >= 0x2FF0 && c <= 0x2FFB)
                || isNoncharacter(c);
        if (forbidden || (type == Character.UNASSIGNED && !unassignedAllowed)) {
            throw refusal("U+" + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT) + " may not be in it");
        }
    }

    /// RFC 3454 tables C.2.2, C.8 and C.9, what is no control character by type.
    private static boolean isOtherControl(int c) {
        return c == 0x6DD
                || c == 0x70F
                || c == 0x180E
                || c == 0x340
                || c == 0x341
                || (c >= 0x200C && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x2063)
                || (c >= 0x206A && c <= 0x206F)
                || c == 0xFEFF
                || (c >= 0x1D173 && c <= 0x1D17A)
                || c == 0xE0001
                || (c >= 0xE0020 && c <= 0xE007F);
    }

    private static boolean isNoncharacter(int c) {
        return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    }

    /// RFC 3454 §6: text from right to left has nothing from left to right, and begins and ends so.
    private static void checkDirections(String text) {
        if (text.codePoints().noneMatch(SaslPrep::isRightToLeft)) {
            return;
        }
        boolean framed = isRightToLeft(text.codePointAt(0)) && isRightToLeft(text.codePointBefore(text.length()));
        boolean mixed = text.codePoints()
                .anyMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
        if (mixed || !framed) {
            throw refusal("it mixes directions of writing");
        }
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static IllegalArgumentException refusal(String complaint) {
        return new IllegalArgumentException(
                "this user name or password cannot be used: " + complaint + "; SASLprep, RFC 4013 §2");
    }
}
