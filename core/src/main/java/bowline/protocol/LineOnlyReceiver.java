package bowline.protocol;

import bowline.bytes.Ascii;
import bowline.framing.LineFramer;
import bowline.framing.LineOptions;
import bowline.framing.LineTooLong;
import bowline.log.Logger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/// A protocol of lines and nothing else (LIN-9). [LineReceiver] can also leave the lines for raw bytes.
///
/// Override [#lineReceived(String)] for lines of text, or [#lineReceived(ByteBuffer)] for lines of
/// bytes, which then are not decoded (LIN-11).
public abstract class LineOnlyReceiver extends PausableProtocol {
    private static final Logger log = Logger.of(LineOnlyReceiver.class);

    private LineOptions options;
    private LineFramer framer;

    /// For lines ended by CR LF.
    protected LineOnlyReceiver() {
        this(LineOptions.crlf());
    }

    /// For lines as `options` describe them.
    protected LineOnlyReceiver(LineOptions options) {
        this.options = options;
        this.framer = new LineFramer(options);
    }

    /// How lines are read and written now.
    public final LineOptions options() {
        return options;
    }

    /// Changes how lines are read and written, from the next line on; one that has begun is looked at
    /// anew (LIN-10).
    public final void options(LineOptions next) {
        options = next;
        framer = new LineFramer(next);
    }

    /// A line has come, without its delimiter. It is lent for this call. By default it is decoded, with
    /// a replacement for what the charset does not know, and given to [#lineReceived(String)].
    public void lineReceived(ByteBuffer line) {
        byte[] bytes = new byte[line.remaining()];
        line.get(bytes);
        lineReceived(new String(bytes, options.charset()));
    }

    /// A line has come, as text, without its delimiter.
    public void lineReceived(String line) {}

    /// The peer sent a line beyond the limit. `data`, lent for this call, is that line, its delimiter if it
    /// has one, and everything that came behind it; all of it is gone afterwards (LIN-2). By default the
    /// connection is closed.
    public void lineLengthExceeded(ByteBuffer data) {
        log.info(
                "closing: line from {peer} is longer than lineMaxBytes = {limit}",
                transport().peer(),
                options.lineMaxBytes());
        transport().loseConnection();
    }

    /// Sends `line` and the delimiter (LIN-7).
    ///
    /// @throws IllegalArgumentException if the line holds the delimiter or the charset cannot write it (G3)
    public final void sendLine(String line) {
        try {
            sendLine(options.charset().newEncoder().encode(CharBuffer.wrap(line)));
        } catch (CharacterCodingException notWritable) {
            throw new IllegalArgumentException(
                    "line " + Ascii.quote(line, 40) + " cannot be written in " + options.charset()
                            + "; give LineOptions a charset that can",
                    notWritable);
        }
    }

    /// Sends `line` and the delimiter (LIN-7).
    ///
    /// @throws IllegalArgumentException if the line holds the delimiter (G3)
    public final void sendLine(byte[] line) {
        sendLine(ByteBuffer.wrap(line));
    }

    /// Sends `line` and the delimiter (LIN-7).
    ///
    /// @throws IllegalArgumentException if the line holds the delimiter (G3)
    public final void sendLine(ByteBuffer line) {
        framer.send(line, transport());
    }

    @Override
    public void dataReceived(ByteBuffer unread) {
        while (wantsMore() && deliverLine(unread)) {
            // Each turn delivers one line.
        }
    }

    /// Delivers the next line of `unread`, and answers whether there may be another.
    final boolean deliverLine(ByteBuffer unread) {
        ByteBuffer line;
        try {
            line = framer.next(unread);
        } catch (LineTooLong _) {
            ByteBuffer everything = unread.slice();
            unread.position(unread.limit());
            lineLengthExceeded(everything);
            return true;
        }
        if (line == null) {
            return false;
        }
        lineReceived(line);
        return true;
    }

    /// Has the next line looked for from the start of what is unread.
    final void scanAnew() {
        framer.reset();
    }
}
