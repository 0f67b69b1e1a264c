package bowline.tls.jsse;

import bowline.tls.engine.KeyLog;
import bowline.tls.engine.TlsAlert;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// One end of a connection on an `SSLEngine`.
///
/// What it adds to the JDK: it refuses to renegotiate, records that are too long and floods of records without
/// content; it tells TLS from other things in the first bytes; it knows whether a session was resumed; it gives
/// every error a name and words. Records are deciphered in place, in the array that they come in.
///
/// The JDK's engine is asked for its status by each call's result, not again, for its own question takes a lock.
final class JsseEngine implements TlsEngine {

    private static final int HEADER_BYTES = 5;
    private static final byte HANDSHAKE = 22;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// Most records in a row that bring no plain text, once the handshake is done: KeyUpdates, tickets, empty
    /// records (rule TLS-4).
    static final int IDLE_RECORDS_MAX = 32;

    /// Whose call the JDK is in, while it may ask back.
    private static final ThreadLocal<@Nullable JsseEngine> AT_WORK = new ThreadLocal<>();

    private final SSLEngine ssl;
    private final Side side;
    private final @Nullable String serverName;
    private final boolean resumption;
    private final @Nullable Secrets secrets;

    private HandshakeStatus status;
    private boolean begun;
    private boolean handshakeDone;
    private boolean certificateShown;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean broken;
    private boolean mayRenegotiate;
    private int idleRecords;
    private @Nullable TlsSession session;

    /// Which end of the connection.
    enum Side {
        CLIENT,
        SERVER
    }

    /// @param ssl set up, but not begun
    /// @param serverName what the client asks for; null for a server, which will be told
    /// @param resumption whether the session may be resumed later
    /// @param keyLog who is told the secrets; null for nobody
    JsseEngine(SSLEngine ssl, Side side, @Nullable String serverName, boolean resumption, @Nullable KeyLog keyLog) {
        this.ssl = ssl;
        this.side = side;
        this.serverName = serverName;
        this.resumption = resumption;
        this.secrets = keyLog == null ? null : new Secrets(keyLog);
        this.status = side == Side.CLIENT ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NEED_UNWRAP;
    }

    /// The peer's certificates are about to be judged in the call that this thread is in. So this is a new session.
    static void certificateShown() {
        JsseEngine engine = AT_WORK.get();
        if (engine != null) {
            engine.certificateShown = true;
        }
    }

    /// A secret has been derived in the call that this thread is in.
    static void secret(String label, SecretKey secret) {
        JsseEngine engine = AT_WORK.get();
        if (engine != null && engine.secrets != null) {
            engine.secrets.tell(label, secret);
        }
    }

    @Override
    public Need need() {
        if (status == HandshakeStatus.NEED_WRAP) {
            return Need.OUTPUT;
        }
        if (isOver()) {
            return Need.CLOSED;
        }
        if (status == HandshakeStatus.NEED_TASK) {
            return Need.WORK;
        }
        return handshakeDone ? Need.NOTHING : Need.INPUT;
    }

    private boolean isOver() {
        return broken || (outputEnded && (inputEnded || !handshakeDone));
    }

    @Override
    public Runnable work() {
        Runnable task = ssl.getDelegatedTask();
        if (task == null) {
            throw new IllegalStateException("there is no work to do now; need() tells when there is");
        }
        return () -> {
            AT_WORK.set(this);
            try {
                task.run();
                forbidResumption();
            } finally {
                AT_WORK.remove();
                status = ssl.getHandshakeStatus();
            }
        };
    }

    /// Makes a server give out no ticket, if there is to be no resumption. In TLS 1.3 a session that is no
    /// longer valid gets none. In TLS 1.2 the JDK has promised one by now, and must send it: with a value bound
    /// to it a session is not put into a ticket, which is empty then (RFC 5077 §3.3); [#handshakeDone()] does
    /// the rest.
    private void forbidResumption() {
        SSLSession beginning = ssl.getHandshakeSession();
        if (resumption || side == Side.CLIENT || beginning == null) {
            return;
        }
        if (beginning.getProtocol().equals(TlsVersion.TLS_1_3.standardName())) {
            beginning.invalidate();
        } else {
            beginning.putValue("bowline", "not to be resumed");
        }
    }

    @Override
    public boolean decipher(ByteBuffer records, ByteBuffer plain) throws TlsFault {
        if (broken || inputEnded) {
            return false;
        }
        inspect(records);
        int before = plain.position();
        int from = records.position();
        TlsAlert inClear = handshakeDone ? null : FirstBytes.alertInClear(records);
        SSLEngineResult result = unwrap(records, plain, inClear);
        if (secrets != null && side == Side.SERVER) {
            secrets.see(records, from);
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IllegalArgumentException("there is room for " + plain.remaining()
                    + " bytes of plain text; a record needs " + PACKET_MAX_BYTES);
        }
        if (inputEnded && !handshakeDone) {
            throw broken("the peer gave up before the handshake was done", "user_canceled", null);
        }
        if (result.bytesConsumed() == 0) {
            return false;
        }
        begun = true;
        boundIdleRecords(plain.position() - before);
        return true;
    }

    /// @param inClear the alert that the record seems to be. Clients that do not believe a server of TLS 1.3
    /// tell it so without a cipher, as OpenSSL's do; the JDK takes that for a ciphertext.
    private SSLEngineResult unwrap(ByteBuffer records, ByteBuffer plain, @Nullable TlsAlert inClear) throws TlsFault {
        boolean mayAsk = enter();
        try {
            SSLEngineResult result = ssl.unwrap(records, plain);
            note(result);
            inputEnded = result.getStatus() == Status.CLOSED && ssl.isInboundDone();
            return result;
        } catch (SSLException | RuntimeException failure) {
            if (inClear != null) {
                end();
                throw TlsFault.received(inClear.wireName(), failure);
            }
            throw broken(failure);
        } finally {
            leave(mayAsk);
        }
    }

    @Override
    public void encipher(ByteBuffer plain, ByteBuffer records) throws TlsFault {
        if (outputEnded || (broken && status != HandshakeStatus.NEED_WRAP)) {
            return;
        }
        int limit = plain.limit();
        if (plain.remaining() > RECORD_MAX_BYTES) {
            plain.limit(plain.position() + RECORD_MAX_BYTES);
        }
        int from = records.position();
        SSLEngineResult result;
        boolean mayAsk = enter();
        try {
            result = ssl.wrap(plain, records);
            note(result);
        } catch (SSLException | RuntimeException failure) {
            throw broken(failure);
        } finally {
            leave(mayAsk);
            plain.limit(limit);
        }
        if (secrets != null && side == Side.CLIENT) {
            secrets.see(records, from);
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IllegalArgumentException(
                    "there is room for " + records.remaining() + " bytes of records; one needs " + PACKET_MAX_BYTES);
        }
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            outputEnded = true; // though the JDK may say for ever that it has something to send
            status = HandshakeStatus.NOT_HANDSHAKING;
        }
    }

    /// While a handshake goes on, those whom the JDK asks back find their way here.
    private boolean enter() {
        if (handshakeDone) {
            return false;
        }
        AT_WORK.set(this);
        return true;
    }

    private static void leave(boolean entered) {
        if (entered) {
            AT_WORK.remove();
        }
    }

    private void note(SSLEngineResult result) {
        status = result.getHandshakeStatus();
        if (status == HandshakeStatus.FINISHED) {
            finished();
            status = ssl.getHandshakeStatus();
        }
        if (result.getStatus() == Status.CLOSED) {
            outputEnded = ssl.isOutboundDone();
        }
    }

    /// The handshake is done, or another thing that the JDK calls one: a KeyUpdate, a ticket.
    private void finished() {
        if (handshakeDone) {
            return;
        }
        handshakeDone = true;
        SSLSession agreed = ssl.getSession();
        mayRenegotiate = agreed.getProtocol().equals(TlsVersion.TLS_1_2.standardName());
        session = Sessions.describe(agreed, ssl, isResumed(agreed), serverName);
        if (!resumption) {
            agreed.invalidate();
        }
    }

    /// A client was shown no certificate then. A server finds in the session the name of an earlier engine, for
    /// each has one of its own.
    private boolean isResumed(SSLSession agreed) {
        return switch (side) {
            case CLIENT -> !certificateShown;
            case SERVER -> !agreed.getPeerHost().equals(ssl.getPeerHost());
        };
    }

    /// Refuses what the JDK would go along with, by the header of the next record, or has worse words for.
    private void inspect(ByteBuffer records) throws TlsFault {
        if (records.remaining() < HEADER_BYTES) {
            return;
        }
        if (!begun && !FirstBytes.mayBeTls(records)) {
            throw broken(FirstBytes.complaint(records, side), null, null);
        }
        int at = records.position();
        int length = (records.get(at + 3) & 0xFF) << 8 | (records.get(at + 4) & 0xFF);
        if (length > PACKET_MAX_BYTES - HEADER_BYTES) {
            throw breakOff("the peer sent a record of " + length + " bytes; the longest may have "
                    + (PACKET_MAX_BYTES - HEADER_BYTES) + "; RFC 8446 §5.2");
        }
        if (mayRenegotiate && records.get(at) == HANDSHAKE) {
            throw breakOff(
                    "the peer asked for another handshake on the same connection (renegotiation), which is refused");
        }
    }

    private void boundIdleRecords(int plainBytes) throws TlsFault {
        if (!handshakeDone || plainBytes > 0) {
            idleRecords = 0;
        } else if (++idleRecords > IDLE_RECORDS_MAX && !inputEnded) {
            throw breakOff("the peer sent " + idleRecords + " records in a row without any plain text in them");
        }
    }

    /// Ends it with an alert. The JDK knows no such command, but sends one if it is shown a record that it does not
    /// like.
    private TlsFault breakOff(String why) {
        ByteBuffer tooLong = ByteBuffer.wrap(new byte[] {HANDSHAKE, 3, 3, (byte) 0xFF, (byte) 0xFF});
        try {
            ssl.unwrap(tooLong, NOTHING);
        } catch (SSLException refused) {
            return broken(why, "unexpected_message", null);
        }
        return broken(why, null, null);
    }

    private TlsFault broken(Exception failure) {
        end();
        return Faults.fault(failure, side);
    }

    private TlsFault broken(String why, @Nullable String alert, @Nullable Throwable cause) {
        end();
        return new TlsFault(why, alert, cause);
    }

    private void end() {
        broken = true;
        status = ssl.getHandshakeStatus();
    }

    @Override
    public boolean handshakeDone() {
        return handshakeDone;
    }

    @Override
    public TlsSession session() {
        TlsSession agreed = session;
        if (agreed == null) {
            throw new IllegalStateException("nothing is agreed upon before the handshake is done");
        }
        return agreed;
    }

    @Override
    public void endOutput() {
        if (broken || outputEnded) {
            return;
        }
        ssl.closeOutbound();
        outputEnded = ssl.isOutboundDone();
        status = ssl.getHandshakeStatus();
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    /// Nothing is held outside of the heap.
    @Override
    public void close() {
        broken = true;
        status = HandshakeStatus.NOT_HANDSHAKING;
    }
}
