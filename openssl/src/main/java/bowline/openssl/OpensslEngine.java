package bowline.openssl;

import bowline.openssl.library.Libcrypto;
import bowline.openssl.library.Libssl;
import bowline.openssl.library.Memory;
import bowline.tls.engine.KeyLog;
import bowline.tls.engine.TlsAlert;
import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One end of a TLS connection in the library. It goes through these phases, forward only:
///
///     NEW ──▶ HANDSHAKE ──▶ OPEN ──▶ ENDED
///      └──────────┴──────────┴──────▶ FAILED
///
/// A step of the handshake, which signs and verifies, is [Need#WORK]; records of an open connection are taken and
/// made at once. All calls of the library but those of its queues are made while [Upcalls] knows whom they are for.
final class OpensslEngine implements TlsEngine {
    /// Most records in a row with nothing in them for the program: tickets, new keys, and padding (TLS-4 of the
    /// security rules).
    static final int SILENT_RECORDS_MAX = 32;

    /// A key of ours is replaced after that many records; AES-GCM would be safe for 2^24.5 (RFC 8446 §5.5).
    static final int RECORDS_PER_KEY_MAX = 1 << 24;

    private static final int SSL_ERROR_WANT_READ = 2;
    private static final int SSL_ERROR_ZERO_RETURN = 6;
    private static final int SSL_KEY_UPDATE_NOT_REQUESTED = 0;
    private static final int FATAL = 2;
    private static final Set<Integer> OF_VERSION =
            Set.of(258, 396); // SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW
    private static final int TLS_1_3 = 0x0304;
    private static final int DONE = 1;

    private enum Phase {
        NEW,
        HANDSHAKE,
        OPEN,
        FAILED
    }

    /// Whether its work is being done, or it is gone.
    private enum Use {
        FREE,
        AT_WORK,
        TO_BE_CLOSED,
        CLOSED
    }

    private final Connection connection;
    private final Side side;
    private final PeerJudge judge;

    private Phase phase;
    private Use use = Use.FREE;
    private boolean stepDue;
    private boolean inputEnded;
    private boolean outputEnded;
    /// Half of a message of the peer has come, and nothing can be sent before the other half.
    private boolean waitsForPeer;

    private boolean begun;
    private int silentRecords;
    private int unsentBytes;
    private int recordsLeftOfKey = RECORDS_PER_KEY_MAX;
    private int sentAlert;
    private boolean renegotiationRefused;
    private @Nullable TlsFault fault;
    private boolean faultTold;
    private @Nullable Throwable broken;
    private @Nullable TlsSession session;
    private List<String> refusedProtocols = List.of();
    /// The line for key logs that has it, when an alert is to be sealed with it.
    private @Nullable String handshakeSecret;

    /// @param connection which is this engine's from now on
    OpensslEngine(Connection connection, Side side) {
        this.connection = connection;
        this.side = side;
        judge = new PeerJudge(side.context().common().verifier());
        phase = side.isClient() ? Phase.NEW : Phase.HANDSHAKE;
    }

    /// Links all functions.
    ///
    /// @throws LinkageError if one of them is missing
    static void prepare() {
        Libcrypto.clearErrors();
        if (Libssl.clientMethod() == 0 || Upcalls.TOLD == 0) {
            throw new IllegalStateException("OpenSSL has no TLS");
        }
    }

    @Override
    public Need need() {
        if ((fault != null && !faultTold) || unsentBytes > 0) {
            return Need.OUTPUT;
        }
        return switch (phase) {
            case NEW -> Need.OUTPUT;
            case HANDSHAKE -> outputEnded ? Need.CLOSED : stepDue ? Need.WORK : Need.INPUT;
            case OPEN -> inputEnded && outputEnded ? Need.CLOSED : waitsForPeer ? Need.INPUT : Need.NOTHING;
            case FAILED -> Need.CLOSED;
        };
    }

    // The handshake

    @Override
    public Runnable work() {
        if (need() != Need.WORK) {
            throw new IllegalStateException("there is no work, but " + need());
        }
        return this::workOff;
    }

    private void workOff() {
        synchronized (this) {
            if (use != Use.FREE || !stepDue) {
                return;
            }
            use = Use.AT_WORK;
        }
        try {
            step();
        } finally {
            if (leaveWork()) {
                connection.close();
            }
        }
    }

    /// Whether it was closed meanwhile.
    private synchronized boolean leaveWork() {
        boolean toBeClosed = use == Use.TO_BE_CLOSED;
        use = toBeClosed ? Use.CLOSED : Use.FREE;
        return toBeClosed;
    }

    /// Goes as far as the peer's records lead. What goes wrong is kept for the next call.
    private void step() {
        stepDue = false;
        Wires wires = connection.wires();
        OpensslEngine before = Upcalls.entered(this);
        try {
            ErrorQueue.clear();
            int result = Libssl.handshake(connection.handle());
            if (result == DONE) {
                finish();
            } else {
                int error = Libssl.error(connection.handle(), result);
                if (error != SSL_ERROR_WANT_READ) {
                    fail(error);
                }
            }
        } catch (TlsFault refused) {
            failBy(refused);
            wires.forgetUnsent();
        } catch (RuntimeException | Error ours) {
            broken(ours);
            fail(0);
            wires.forgetUnsent();
        } finally {
            Upcalls.left(before);
            ErrorQueue.clear();
            settle(wires);
            Reference.reachabilityFence(this);
        }
    }

    private void finish() throws TlsFault {
        long handle = connection.handle();
        boolean resumed = Libssl.resumed(handle) == 1;
        if (resumed) {
            judge.resumed(handle, side.resumedPeerCertificates());
        }
        if (!judge.approves()) {
            refuseInTheEnd();
            return;
        }
        String protocol = selectedProtocol(handle);
        checkProtocol(protocol);
        session = new TlsSession(
                OpensslProvider.NAME,
                Libssl.protocolVersion(handle) == TLS_1_3 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2,
                cipherSuite(),
                protocol,
                side.serverName(handle),
                resumed,
                judge.chain(),
                side.localCertificates(handle, resumed));
        phase = Phase.OPEN;
        handshakeSecret = null;
        Libssl.freeBuffers(handle);
        if (resumed && side.isClient() && session.version() == TlsVersion.TLS_1_2) {
            keepRenewed();
        }
    }

    /// In TLS 1.2 a resumed session may have got a new ticket. The library does not tell, but spoils the one that
    /// was kept.
    private void keepRenewed() {
        long renewed = Libssl.takeSession(connection.handle());
        if (!newSession(renewed)) {
            Libssl.freeSession(renewed);
        }
    }

    private String cipherSuite() {
        return Memory.text(Libssl.cipherName(Libssl.cipher(connection.handle())));
    }

    /// Our answer, which is made already, is never sent: an alert goes instead of it.
    private void refuseInTheEnd() {
        Wires wires = connection.wires();
        wires.forgetUnsent();
        CertificateException refusal = judge.refusal();
        if (refusal == null) {
            throw new AssertionError("a handshake is done, and nobody has judged the peer");
        }
        TlsAlert alert = PeerJudge.alert(refusal);
        String secret = handshakeSecret;
        failBy(new TlsFault(words(refusal), alert.wireName(), refusal));
        try {
            wires.send(
                    secret == null
                            ? Records.alert(alert.number())
                            : SealedAlert.records(cipherSuite(), secret, alert.number()));
        } catch (GeneralSecurityException lacking) {
            wires.send(Records.alert(alert.number())); // which many servers understand
        }
    }

    private static @Nullable String selectedProtocol(long handle) {
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocate(2 * Long.BYTES, Long.BYTES).address();
            long count = at + Long.BYTES;
            Libssl.selectedProtocol(handle, at, count);
            int length = Memory.getInt(count);
            return length == 0
                    ? null
                    : new String(Memory.bytes(Memory.getAddress(at), length), StandardCharsets.ISO_8859_1);
        }
    }

    /// The library believes a server that chooses what was not offered (RFC 7301 §3.2).
    private void checkProtocol(@Nullable String protocol) throws TlsFault {
        List<String> ours = side.context().common().applicationProtocols();
        if (protocol != null && !ours.contains(protocol)) {
            throw new TlsFault(
                    "the server has chosen the application protocol \"" + protocol
                            + "\", which was not offered; offered were " + ours,
                    null,
                    null);
        }
    }

    // What the library asks while it works, see Upcalls

    boolean isClient() {
        return side.isClient();
    }

    boolean certificatesShown(long verification) {
        if (side.isClient() && Libssl.protocolVersion(connection.handle()) < TLS_1_3) {
            return judge.shownBeforeStaple(verification);
        }
        return judge.shown(verification, connection.handle(), side.isClient());
    }

    /// The server asks for a certificate.
    void certificateAsked() {
        if (side instanceof ClientSide client) {
            client.certificateAsked(connection.handle());
        }
    }

    boolean stapleKnown() {
        return judge.stapleKnown(connection.handle());
    }

    boolean showStaple() {
        return serverSide().showStaple(connection.handle());
    }

    int selectProtocol(byte[] offered) {
        int chosen = serverSide().selectProtocol(offered);
        if (chosen < 0) {
            refusedProtocols = ServerSide.protocols(offered);
        }
        return chosen;
    }

    TicketKeys ticketKeys() {
        return serverSide().context().ticketKeys();
    }

    private ServerSide serverSide() {
        if (side instanceof ServerSide server) {
            return server;
        }
        throw new IllegalStateException("OpenSSL asks a client what it would ask a server");
    }

    boolean newSession(long kept) {
        TlsSession known = session;
        if (known != null) {
            return side.keep(kept, known.peerCertificates(), known.localCertificates());
        }
        boolean resumed = Libssl.resumed(connection.handle()) == 1;
        List<X509Certificate> shown = resumed ? side.resumedPeerCertificates() : judge.chain();
        return side.keep(kept, shown, side.localCertificates(connection.handle(), resumed));
    }

    boolean wantsSecrets() {
        return side.context().common().keyLog() != null || judge.refusal() != null;
    }

    void keyLine(String line) {
        if (line.startsWith(SealedAlert.SECRET_LABEL)) {
            handshakeSecret = line;
        }
        KeyLog keyLog = side.context().common().keyLog();
        if (keyLog != null) {
            keyLog.line(line);
        }
    }

    /// An alert was sent, or has come.
    void alert(boolean sent, int level, int number) {
        if (sent && level == FATAL) {
            sentAlert = number;
        } else if (sent && number == TlsAlert.NO_RENEGOTIATION.number()) {
            renegotiationRefused = true;
        }
    }

    /// Something of ours went wrong while the library worked.
    void broken(Throwable ours) {
        if (broken == null) {
            broken = ours;
        }
    }

    // Failing

    /// Keeps what the library says as the end of this connection.
    private void fail(int error) {
        failBy(explain(error));
    }

    private void failBy(TlsFault why) {
        phase = Phase.FAILED;
        handshakeSecret = null;
        stepDue = false;
        fault = why;
    }

    private TlsFault explain(int error) {
        List<ErrorQueue.Entry> errors = ErrorQueue.take();
        CertificateException refusal = judge.refusal();
        TlsAlert sent = correctAlert(wantedAlert(errors, refusal));
        String alert = sent == null ? null : sent.wireName();
        if (broken != null) {
            return new TlsFault("TLS failed by a fault of ours: " + broken, alert, broken);
        }
        if (refusal != null) {
            return new TlsFault(words(refusal), alert, refusal);
        }
        if (sent == TlsAlert.NO_APPLICATION_PROTOCOL) {
            return new TlsFault(
                    "the client offers the application protocols " + refusedProtocols + ", and here "
                            + side.context().common().applicationProtocols() + " are spoken",
                    alert,
                    null);
        }
        if (error == SSL_ERROR_ZERO_RETURN) {
            return new TlsFault(
                    peer() + " gave up in the middle of the handshake (close_notify)",
                    TlsAlert.CLOSE_NOTIFY.wireName(),
                    null);
        }
        return Faults.of(errors, sent, peer());
    }

    private int wantedAlert(List<ErrorQueue.Entry> errors, @Nullable CertificateException refusal) {
        if (refusal != null) {
            return PeerJudge.alert(refusal).number();
        }
        boolean ofVersion = errors.stream().anyMatch(error -> error.ofSsl() && OF_VERSION.contains(error.reason()));
        return ofVersion && sentAlert != 0 ? TlsAlert.PROTOCOL_VERSION.number() : sentAlert;
    }

    private static String words(CertificateException refusal) {
        String words = refusal.getMessage();
        return words == null ? "the peer's certificates are refused: " + refusal : words;
    }

    /// Replaces the alert that the library has sent by the one that is wanted, where nothing is enciphered yet.
    /// It has one alert for all that is wrong with a staple, and another for clients of SSL 3.0, which did not
    /// know ours.
    ///
    /// @return the one that is sent; null if none is
    private @Nullable TlsAlert correctAlert(int wanted) {
        int sent = sentAlert;
        if (sent != wanted) {
            Wires wires = connection.wires();
            byte[] unsent = wires.takeAll();
            if (Records.endsWithAlert(unsent, sent)) {
                unsent[unsent.length - 1] = (byte) wanted;
                sent = wanted;
            }
            wires.send(unsent);
        }
        return TlsAlert.of(sent).orElse(null);
    }

    private void tellFault() throws TlsFault {
        TlsFault untold = faultTold ? null : fault;
        if (untold != null) {
            faultTold = true;
            throw untold;
        }
    }

    // The peer's records

    @Override
    public boolean decipher(ByteBuffer records, ByteBuffer plain) throws TlsFault {
        checkOpen();
        tellFault();
        if (inputEnded || stepDue || phase == Phase.FAILED || phase == Phase.NEW || need() == Need.CLOSED) {
            return false;
        }
        int length = Records.length(records);
        if (!begun && records.remaining() >= Records.HEADER_BYTES) {
            begin(records);
        }
        if (length == 0) {
            return false;
        }
        try {
            Wires wires = connection.wires();
            // Behind such a record another one comes always: they are one step.
            int type = records.get(records.position());
            boolean onlyAnnounces = type == Records.CHANGE_CIPHER_SPEC;
            show(wires, records, length);
            if (phase == Phase.HANDSHAKE && type == Records.ALERT) {
                step(); // at once: nothing is computed for it, and the end of the connection comes right behind it
            } else if (phase == Phase.HANDSHAKE) {
                stepDue = !onlyAnnounces;
            } else {
                read(wires, plain);
            }
            return true;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void begin(ByteBuffer records) throws TlsFault {
        begun = true;
        if (NotTls.isIt(records)) {
            failBy(new TlsFault(NotTls.words(records, side.isClient()), null, null));
            tellFault();
        }
    }

    private static void show(Wires wires, ByteBuffer records, int length) {
        switch (length) {
            case Records.NOT_TLS -> wires.show(records, Records.HEADER_BYTES);
            case Records.TOO_LONG -> {
                wires.show(Records.muchTooLong(records));
                records.position(records.position() + Records.HEADER_BYTES);
            }
            default -> wires.show(records, length);
        }
    }

    private void read(Wires wires, ByteBuffer plain) throws TlsFault {
        checkRoom(plain, Wires.ROOM_BYTES);
        int count = plain.isDirect() ? readTo(Memory.addressOf(plain), plain) : readTo(wires.room(), plain);
        if (count > 0 && !plain.isDirect()) {
            Memory.copy(wires.room(), plain, count);
        } else if (count > 0) {
            plain.position(plain.position() + count);
        }
        settle(wires);
        tellFault();
    }

    /// @return how many bytes; 0 for none
    private int readTo(long at, ByteBuffer plain) {
        OpensslEngine before = Upcalls.entered(this);
        try {
            int count = Libssl.read(connection.handle(), at, Math.min(plain.remaining(), Wires.ROOM_BYTES));
            waitsForPeer = false;
            if (count > 0) {
                silentRecords = 0;
                return count;
            }
            readNothing(Libssl.error(connection.handle(), count));
            return 0;
        } finally {
            Upcalls.left(before);
            Reference.reachabilityFence(plain);
        }
    }

    private void readNothing(int error) {
        switch (error) {
            case SSL_ERROR_WANT_READ -> readSilence();
            case SSL_ERROR_ZERO_RETURN -> endInput();
            default -> fail(error);
        }
        ErrorQueue.clear();
    }

    /// It was a ticket, a new key, or padding.
    private void readSilence() {
        // By itself the library frees them behind plain text only.
        Libssl.freeBuffers(connection.handle());
        silentRecords++;
        if (renegotiationRefused) {
            failBy(new TlsFault(
                    peer() + " wants renegotiation, which is not done here (TLS 1.3 knows none any more)",
                    TlsAlert.NO_RENEGOTIATION.wireName(),
                    null));
        } else if (silentRecords > SILENT_RECORDS_MAX) {
            String words = peer() + " has sent " + silentRecords
                    + " records in a row with nothing but new keys, tickets or padding";
            provokeAlert();
            failBy(new TlsFault(
                    words, TlsAlert.of(sentAlert).map(TlsAlert::wireName).orElse(null), null));
        }
    }

    /// The library has no function that sends an alert. But it sends one when it sees a record of no known type.
    private void provokeAlert() {
        Wires wires = connection.wires();
        wires.show(Records.OF_NO_TYPE);
        Libssl.read(connection.handle(), wires.room(), 1);
    }

    private String peer() {
        return side.isClient() ? "the server" : "the client";
    }

    private void endInput() {
        inputEnded = true;
        if (session().version() == TlsVersion.TLS_1_2) {
            endOutput(); // RFC 5246 §7.2.1
        }
    }

    // Our records

    @Override
    public void encipher(ByteBuffer plain, ByteBuffer records) throws TlsFault {
        checkOpen();
        try {
            tellFault();
            if (phase == Phase.NEW) {
                phase = Phase.HANDSHAKE;
                step();
                tellFault();
            }
            if (unsentBytes > 0) {
                sendOne(records);
            } else if (phase == Phase.OPEN && !outputEnded && plain.hasRemaining()) {
                write(plain, records);
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Takes the next record out of the queue.
    private void sendOne(ByteBuffer records) {
        checkRoom(records, PACKET_MAX_BYTES);
        Wires wires = connection.wires();
        int begin = records.position();
        if (wires.take(records, Records.HEADER_BYTES) == Records.HEADER_BYTES) {
            wires.take(records, Records.contentBytes(records, begin));
        }
        settle(wires);
    }

    private void write(ByteBuffer plain, ByteBuffer records) throws TlsFault {
        checkRoom(records, PACKET_MAX_BYTES);
        Wires wires = connection.wires();
        updateKeyInTime();
        int count = Math.min(plain.remaining(), RECORD_MAX_BYTES);
        if (plain.isDirect()) {
            writeFrom(Memory.addressOf(plain), count, plain);
        } else {
            wires.copyToRoom(plain, count);
            writeFrom(wires.room(), count, plain);
        }
        wires.take(records, records.remaining());
        settle(wires);
        tellFault();
    }

    private void writeFrom(long at, int count, ByteBuffer plain) {
        OpensslEngine before = Upcalls.entered(this);
        try {
            int written = Libssl.write(connection.handle(), at, count);
            if (written > 0) {
                plain.position(plain.position() + written);
                return;
            }
            int error = Libssl.error(connection.handle(), written);
            if (error == SSL_ERROR_WANT_READ) {
                waitsForPeer = true;
            } else {
                fail(error);
            }
            ErrorQueue.clear();
        } finally {
            Upcalls.left(before);
            Reference.reachabilityFence(plain);
        }
    }

    private void updateKeyInTime() {
        recordsLeftOfKey--;
        if (recordsLeftOfKey <= 0 && session().version() == TlsVersion.TLS_1_3) {
            updateKey(SSL_KEY_UPDATE_NOT_REQUESTED);
        }
    }

    /// The next record is enciphered with a new key, and the peer is told so.
    ///
    /// @param type SSL_KEY_UPDATE_NOT_REQUESTED, or 1 to have the peer do it too
    void updateKey(int type) {
        recordsLeftOfKey = RECORDS_PER_KEY_MAX;
        if (Libssl.updateKey(connection.handle(), type) != DONE) {
            ErrorQueue.clear();
        }
    }

    /// Whether nothing of it lies in queues, for tests.
    boolean isAtRest() {
        return connection.isAtRest();
    }

    /// After how many records the next key is due, for tests.
    void recordsLeftOfKey(int records) {
        recordsLeftOfKey = records;
    }

    // The end

    @Override
    public boolean handshakeDone() {
        return session != null;
    }

    @Override
    public TlsSession session() {
        TlsSession known = session;
        if (known == null) {
            throw new IllegalStateException("the handshake is not done");
        }
        return known;
    }

    /// Before the handshake is done there is nobody whom it could be told to: then all is at its end.
    @Override
    public void endOutput() {
        checkOpen();
        if (outputEnded || phase == Phase.FAILED) {
            return;
        }
        outputEnded = true;
        if (phase != Phase.OPEN) {
            phase = Phase.FAILED;
            stepDue = false;
            return;
        }
        Wires wires = connection.wires();
        OpensslEngine before = Upcalls.entered(this);
        try {
            if (Libssl.shutdown(connection.handle()) < 0) {
                ErrorQueue.clear();
            }
        } finally {
            Upcalls.left(before);
            settle(wires);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    /// Looks how much is to be sent, and gives back the wires if nothing is in them.
    private void settle(Wires wires) {
        unsentBytes = wires.unsent();
        if (unsentBytes == 0) {
            connection.rest();
        }
    }

    private static void checkRoom(ByteBuffer room, int bytes) {
        if (room.remaining() < bytes) {
            throw new IllegalArgumentException("a record needs room for " + PACKET_MAX_BYTES
                    + " bytes, and there is room for " + room.remaining());
        }
    }

    private void checkOpen() {
        if (use == Use.CLOSED || use == Use.TO_BE_CLOSED) {
            throw new IllegalStateException("this engine is closed");
        }
    }

    /// Also while its work is being done, though nobody should: then that ends first.
    @Override
    public void close() {
        if (leave()) {
            connection.close();
        }
    }

    private synchronized boolean leave() {
        boolean free = use == Use.FREE;
        use = switch (use) {
            case FREE, CLOSED -> Use.CLOSED;
            case AT_WORK, TO_BE_CLOSED -> Use.TO_BE_CLOSED;
        };
        return free;
    }
}
