package bowline.web.http1;

import bowline.machine.PeerViolation;
import bowline.web.message.Alphabet;

/// The grammar of what may follow a chunk's size up to its CR (RFC 9112 §7.1.1), a byte at a time. Nothing of it is
/// kept. Quoted strings are read as such, so that no byte inside can end the line (H1-4).
///
///     *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )
final class ChunkExtensions {

    private enum Phase {
        /// Behind the size or a whole extension: only `;` or the end of the line may come.
        BEHIND,
        BEHIND_SPACE,
        BEFORE_NAME,
        NAME,
        BEHIND_NAME,
        BEFORE_VALUE,
        VALUE,
        QUOTED,
        QUOTED_PAIR
    }

    private Phase phase = Phase.BEHIND;

    /// Begins with the first byte that is no digit of the size.
    void begin() {
        phase = Phase.BEHIND;
    }

    /// Takes one byte.
    ///
    /// @return whether it is the CR that ends the line
    boolean take(byte b) {
        switch (phase) {
            case BEHIND -> {
                if (b == '\r') {
                    return true;
                }
                phase = isSpace(b) ? Phase.BEHIND_SPACE : semicolon(b);
            }
            case BEHIND_SPACE -> phase = isSpace(b) ? Phase.BEHIND_SPACE : semicolon(b);
            case BEFORE_NAME -> phase = isSpace(b) ? Phase.BEFORE_NAME : token(b, Phase.NAME);
            case NAME -> {
                if (b == '\r') {
                    return true;
                }
                phase = behindName(b);
            }
            case BEHIND_NAME -> phase = isSpace(b) ? Phase.BEHIND_NAME : equalsOrSemicolon(b);
            case BEFORE_VALUE -> phase = beforeValue(b);
            case VALUE -> {
                if (b == '\r') {
                    return true;
                }
                phase = behindValue(b);
            }
            case QUOTED -> phase = quoted(b);
            case QUOTED_PAIR -> {
                checkQuoted(b);
                phase = Phase.QUOTED;
            }
        }
        return false;
    }

    private static Phase semicolon(byte b) {
        if (b != ';') {
            throw bad(b);
        }
        return Phase.BEFORE_NAME;
    }

    private static Phase token(byte b, Phase next) {
        if (!Alphabet.is(b, Alphabet.TOKEN)) {
            throw bad(b);
        }
        return next;
    }

    private static Phase behindName(byte b) {
        if (Alphabet.is(b, Alphabet.TOKEN)) {
            return Phase.NAME;
        }
        return isSpace(b) ? Phase.BEHIND_NAME : equalsOrSemicolon(b);
    }

    private static Phase equalsOrSemicolon(byte b) {
        return b == '=' ? Phase.BEFORE_VALUE : semicolon(b);
    }

    private static Phase beforeValue(byte b) {
        if (isSpace(b)) {
            return Phase.BEFORE_VALUE;
        }
        return b == '"' ? Phase.QUOTED : token(b, Phase.VALUE);
    }

    private static Phase behindValue(byte b) {
        if (Alphabet.is(b, Alphabet.TOKEN)) {
            return Phase.VALUE;
        }
        return isSpace(b) ? Phase.BEHIND_SPACE : semicolon(b);
    }

    private static Phase quoted(byte b) {
        checkQuoted(b);
        return switch (b) {
            case '"' -> Phase.BEHIND;
            case '\\' -> Phase.QUOTED_PAIR;
            default -> Phase.QUOTED;
        };
    }

    private static void checkQuoted(byte b) {
        if (!Alphabet.is(b, Alphabet.VALUE)) {
            throw bad(b);
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private static PeerViolation bad(byte b) {
        return new PeerViolation(
                "byte 0x%02x has no place there in a chunk extension".formatted(b & 0xFF),
                "HTTP/1.1 body, RFC 9112 §7.1.1",
                "400 Bad Request");
    }
}
