package bowline.supervise;

import bowline.protocol.DatagramProtocol;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The small services that every host once had (RUN-7), over TCP and UDP.
public enum SmallService {
    /// Sends back whatever comes (RFC 862).
    ECHO(7),
    /// Throws away whatever comes (RFC 863).
    DISCARD(9),
    /// Sends lines of characters for as long as they are taken (RFC 864).
    CHARGEN(19),
    /// Sends the date and time for people to read, in UTC (RFC 867).
    DAYTIME(13),
    /// Sends the seconds since 1900 in 32 bits (RFC 868). They begin again at 0 in February 2036.
    TIME(37);

    private final int port;

    SmallService(int port) {
        this.port = port;
    }

    /// The port that its RFC gives to it.
    public int port() {
        return port;
    }

    /// The name that the field knows it by.
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The service of that name.
    public static Optional<SmallService> named(String name) {
        return Stream.of(values())
                .filter(service -> service.serviceName().equals(name))
                .findFirst();
    }

    /// Makes its protocols for connections.
    ///
    /// @param idleTimeout a connection on which nothing has come or gone for this long is ended; zero: none is
    public Factory<Protocol> factory(Duration idleTimeout) {
        return Factory.of(() -> switch (this) {
            case ECHO -> new EchoProtocol(idleTimeout);
            case DISCARD -> new DiscardProtocol(idleTimeout);
            case CHARGEN -> new ChargenProtocol(idleTimeout);
            case DAYTIME -> new MomentProtocol(idleTimeout, Moment::daytime);
            case TIME -> new MomentProtocol(idleTimeout, Moment::time);
        });
    }

    /// Its protocol for a UDP port. It answers one datagram with one, but nobody whose port is below 1024:
    /// there live services like this one, and two of them, brought together by a forged address, would answer
    /// each other for ever. CHARGEN sends no more characters than it was sent bytes (rule U1), where its RFC
    /// has it send up to
    /// 512.
    public DatagramProtocol datagrams() {
        return new SmallDatagrams(this);
    }
}
