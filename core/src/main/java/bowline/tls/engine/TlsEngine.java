package bowline.tls.engine;

import java.nio.ByteBuffer;

/// One end of a TLS connection, without a wire: it takes the peer's records and the plain text of its own side, and
/// makes plain text and records of them. Who drives it asks [#need], does that, and asks again.
///
///     peer's records ── decipher ──▶ plain text          need: NOTHING   either may be called
///     plain text     ── encipher ──▶ records                   INPUT     decipher, with more of the peer's bytes
///                                                              OUTPUT    encipher, with or without plain text
///                                                              WORK      work().run(), on whatever thread
///
/// Used by one thread at a time. What its work does happens elsewhere, and nothing else is called until it is done.
/// It keeps no reference to any buffer.
public interface TlsEngine extends AutoCloseable {
    /// Most plain text that one call of [#encipher] takes for one full record, whichever implementation it is.
    int RECORD_MAX_BYTES = 16_367;

    /// Room that [#encipher] and [#decipher] ask for: a record as long as any may be, with its header, or what is
    /// in it.
    int PACKET_MAX_BYTES = 16_709;

    /// What must happen next.
    enum Need {
        /// Plain text may go in both directions.
        NOTHING,
        /// The handshake waits for the peer.
        INPUT,
        /// There is something to send besides plain text: a handshake message, a ticket, an alert.
        OUTPUT,
        /// There is something to compute that takes so long that a reactor's thread is too good for it.
        WORK,
        /// Both directions are at their end.
        CLOSED
    }

    /// What must happen next.
    Need need();

    /// The work that [Need#WORK] speaks of. It throws nothing; what goes wrong shows at the next call.
    ///
    /// @throws IllegalStateException if there is none
    Runnable work();

    /// Takes one whole record, or a part of a handshake message, of the peer, and writes its plain text.
    ///
    /// @param records the peer's bytes, in an array, which may be written over while they are deciphered;
    /// nothing is taken where a record is not whole
    /// @param plain room for [#PACKET_MAX_BYTES] at least
    /// @return whether a record was taken; false also when [#need] is now such that none can be
    /// @throws TlsFault if the peer, or its certificate, is refused; an alert may be waiting to be sent
    /// ([Need#OUTPUT])
    boolean decipher(ByteBuffer records, ByteBuffer plain) throws TlsFault;

    /// Writes one record: what is waiting to be sent, or at most [#RECORD_MAX_BYTES] of the plain text. It may
    /// happen that it writes nothing, and only [#need] is another then.
    ///
    /// @param plain may be empty; none of it is taken before the handshake is done, nor after [#endOutput]
    /// @param records room for [#PACKET_MAX_BYTES] at least, in an array
    /// @throws TlsFault if the handshake cannot go on; an alert may be waiting to be sent ([Need#OUTPUT])
    void encipher(ByteBuffer plain, ByteBuffer records) throws TlsFault;

    /// Whether the handshake is done, so that plain text may go, and [#session] says with whom.
    boolean handshakeDone();

    /// With whom, and how.
    ///
    /// @throws IllegalStateException before the handshake is done
    TlsSession session();

    /// No more plain text will be sent: `close_notify` is to go out ([Need#OUTPUT]). The peer may go on
    /// sending, but for TLS 1.2, where it answers with its own `close_notify` at once, as we do (RFC 5246
    /// §7.2.1).
    void endOutput();

    /// Whether the peer's `close_notify` has come.
    boolean inputEnded();

    /// Gives back what it holds outside of the heap. Calling it again does nothing; nothing else may be called
    /// after it.
    @Override
    void close();
}
