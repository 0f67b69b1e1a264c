package bowline.tls.engine;

/// Two ends with a wire between them that carries all that they send, cut as asked for.
public final class TlsPair {
    /// Who began.
    public final TlsEnd client;

    /// Who answers.
    public final TlsEnd server;

    private final int pieceBytes;
    private int clientCarried;
    private int serverCarried;

    private TlsPair(TlsEngine client, TlsEngine server, int pieceBytes) {
        this.client = new TlsEnd(client);
        this.server = new TlsEnd(server);
        this.pieceBytes = pieceBytes;
    }

    /// Everything arrives as it was sent.
    public static TlsPair of(TlsEngine client, TlsEngine server) {
        return new TlsPair(client, server, Integer.MAX_VALUE);
    }

    /// Everything arrives in pieces of so many bytes.
    public static TlsPair cut(TlsEngine client, TlsEngine server, int pieceBytes) {
        return new TlsPair(client, server, pieceBytes);
    }

    /// Until nobody has anything to do or to send.
    public TlsPair settle() {
        boolean more = true;
        while (more) {
            more = client.go() | server.go();
            more |= carryToServer() | carryToClient();
        }
        return this;
    }

    private boolean carryToServer() {
        int from = clientCarried;
        while (clientCarried < client.sent.size()) {
            deliver(client.sent.get(clientCarried++), server);
        }
        return clientCarried > from;
    }

    private boolean carryToClient() {
        int from = serverCarried;
        while (serverCarried < server.sent.size()) {
            deliver(server.sent.get(serverCarried++), client);
        }
        return serverCarried > from;
    }

    private void deliver(byte[] bytes, TlsEnd to) {
        for (int at = 0; at < bytes.length; at += Math.min(pieceBytes, bytes.length - at)) {
            to.arrive(bytes, at, at + Math.min(pieceBytes, bytes.length - at));
            to.go();
        }
    }

    /// Until the handshake is done on both sides.
    ///
    /// @throws AssertionError if it fails
    public TlsPair shakeHands() {
        settle();
        for (TlsEnd end : new TlsEnd[] {client, server}) {
            if (end.fault != null) {
                throw new AssertionError("the handshake failed", end.fault);
            }
            if (!end.engine.handshakeDone()) {
                throw new AssertionError("the handshake is not done; it needs " + end.engine.need());
            }
        }
        return this;
    }
}
