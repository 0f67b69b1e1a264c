package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TestIdentities;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsSession;
import bowline.tls.engine.TlsVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS-16: sessions that go on.
class ResumptionTest {

    private static Setup resuming(TlsVersion version) {
        Setup setup = Setup.with(version);
        setup.resumption = true;
        return setup;
    }

    /// One connection from hello to end.
    private static TlsSession connect(Setup setup) throws Exception {
        TlsPair pair = setup.pair().shakeHands();
        TlsSession session = pair.client.engine.session();
        assertThat(pair.server.engine.session().resumed()).isEqualTo(session.resumed());
        pair.client.engine.endOutput();
        pair.server.engine.endOutput();
        pair.settle();
        pair.client.engine.close();
        pair.server.engine.close();
        return session;
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void everyConnectionButTheFirstIsResumed(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        TlsSession first = connect(setup);
        for (int i = 0; i < 5; i++) {
            TlsSession next = connect(setup);
            assertThat(next.resumed()).isTrue();
            assertThat(next.peerCertificates()).isEqualTo(first.peerCertificates());
        }

        assertThat(first.resumed()).isFalse();
        assertThat(setup.staples).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aConnectionThatWasCutOffCanBeResumed(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        TlsPair pair = setup.pair().shakeHands();
        pair.client.engine.close();
        pair.server.engine.close();

        assertThat(connect(setup).resumed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void whoDoesNotWantItDoesNotResume(TlsVersion version) throws Exception {
        Setup server = Setup.with(version);
        Setup client = resuming(version);
        for (int i = 0; i < 2; i++) {
            TlsPair pair =
                    TlsPair.of(client.clientEngine(), server.serverEngine()).shakeHands();
            assertThat(pair.client.engine.session().resumed()).isFalse();
        }
        assertThat(client.client().sessions().size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-2: no ticket leads from one context to another")
    void anotherServerDoesNotKnowTheTicket(TlsVersion version) throws Exception {
        Setup client = resuming(version);
        TlsPair.of(client.clientEngine(), resuming(version).serverEngine()).shakeHands();
        TlsPair other = TlsPair.of(client.clientEngine(), resuming(version).serverEngine())
                .shakeHands();

        assertThat(other.client.engine.session().resumed()).isFalse();
        assertThat(other.server.engine.session().resumed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void sessionsAreForOnePeerAndOneName(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        setup.pair().shakeHands();
        for (String[] other : new String[][] {{"server.test", "other:443"}, {"other.test", Setup.PEER}}) {
            TlsPair pair = TlsPair.of(setup.client().engine(other[0], other[1]), setup.serverEngine());
            assertThat(pair.shakeHands().client.engine.session().resumed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aResumedClientIsKnown(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        setup.clientCertificates = ClientCertificates.REQUIRED;
        setup.clientIdentity = TestIdentities.client();
        setup.pair().shakeHands();
        TlsPair again = setup.pair().shakeHands();

        assertThat(again.server.engine.session().resumed()).isTrue();
        assertThat(again.server.engine.session().peerCertificates().getFirst())
                .isEqualTo(TestIdentities.client().certificate());
        assertThat(again.client.engine.session().localCertificates())
                .isEqualTo(TestIdentities.client().chain());
    }

    // Tickets

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aTicketUnderThePreviousKeyIsTakenAndRenewed(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        connect(setup);
        setup.server().ticketKeys().age();

        assertThat(connect(setup).resumed()).isTrue();
        assertThat(connect(setup).resumed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aTicketUnderAnOlderKeyIsNotTaken(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        Setup others = resuming(version);
        connect(setup);
        for (int i = 0; i < 2; i++) {
            setup.server().ticketKeys().age();
            TlsPair.of(others.client().engine("server.test", "p" + i), setup.serverEngine())
                    .shakeHands();
        }

        assertThat(connect(setup).resumed()).isFalse();
        assertThat(connect(setup).resumed()).isTrue();
    }

    @Test
    @DisplayName("RFC 8446 §C.4: a ticket of TLS 1.3 is used once")
    void aTicketIsUsedOnce() throws Exception {
        Setup setup = resuming(TlsVersion.TLS_1_3);
        connect(setup);
        int kept = setup.client().sessions().size();
        setup.clientEngine();

        assertThat(kept).isPositive();
        assertThat(setup.client().sessions().size()).isEqualTo(kept - 1);
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void sessionsThatAreKeptAreBounded(TlsVersion version) throws Exception {
        Setup setup = resuming(version);
        for (int i = 0; i < ClientSessions.SERVERS_MAX + 10; i++) {
            TlsPair pair = TlsPair.of(setup.client().engine("server.test", "peer" + i), setup.serverEngine());
            pair.shakeHands();
            pair.client.engine.close();
            pair.server.engine.close();
        }
        int perServer = version == TlsVersion.TLS_1_3 ? 2 : 1;
        assertThat(setup.client().sessions().size()).isEqualTo(ClientSessions.SERVERS_MAX * perServer);

        for (int i = 0; i < 5; i++) {
            setup.pair().shakeHands();
        }
        assertThat(setup.client().sessions().size())
                .isLessThanOrEqualTo(
                        (ClientSessions.SERVERS_MAX - 1) * perServer + ClientSessions.SESSIONS_PER_SERVER_MAX);
        setup.client().close();
        assertThat(setup.client().sessions().size()).isZero();
    }
}
