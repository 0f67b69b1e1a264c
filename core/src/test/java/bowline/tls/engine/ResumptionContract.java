package bowline.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.tls.engine.ServerSettings.ClientCertificates;
import bowline.tls.engine.TlsProvider.ClientContext;
import bowline.tls.engine.TlsProvider.ServerContext;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Going on with an earlier session, and where that must not be.
abstract class ResumptionContract extends HandshakeContract {

    private static boolean resumed(TlsPair pair) {
        boolean client = pair.client.engine.session().resumed();
        assertThat(pair.server.engine.session().resumed())
                .as("the server says the same as the client")
                .isEqualTo(client);
        return client;
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void resumesAndSaysSo(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version).resumption(true).applicationProtocols("h2");
        try (ClientContext client = client(settings);
                ServerContext server = server(settings)) {
            TlsPair first = pair(client, server).shakeHands();
            TlsPair second = pair(client, server).shakeHands();
            TlsPair third = pair(client, server).shakeHands();

            assertThat(resumed(first)).isFalse();
            for (TlsPair later : List.of(second, third)) {
                assertThat(resumed(later)).isTrue();
                for (TlsEnd end : List.of(later.client, later.server)) {
                    assertThat(end.engine.session().serverName()).isEqualTo("server.test");
                    assertThat(end.engine.session().applicationProtocol()).isEqualTo("h2");
                    assertThat(end.engine.session().version()).isEqualTo(version);
                }
            }
            assertThat(second.client.engine.session().peerCertificates())
                    .isEqualTo(settings.identity().chain());
            assertThat(settings.serverVerdicts).as("only the first was judged").isEqualTo(1);
            assertThat(second.server.sentBytes()).isLessThan(first.server.sentBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void carriesPlainTextAfterResuming(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version).resumption(true);
        ClientContext client = client(settings);
        ServerContext server = server(settings);
        pair(client, server).shakeHands();
        TlsPair again = pair(client, server).shakeHands();
        again.client.write("question");
        again.server.write("answer");
        again.settle();

        assertThat(again.server.text()).isEqualTo("question");
        assertThat(again.client.text()).isEqualTo("answer");
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    @DisplayName("TLS-2: a session leads to no other identity, whose clients are asked for other things")
    void resumesWithinAContextOnly(TlsVersion version) throws Exception {
        SettingsForTests open = only(version).resumption(true);
        SettingsForTests closed = only(version).resumption(true).clientCertificates(ClientCertificates.REQUIRED);
        ClientContext client = client(open);
        ServerContext openServer = server(open);
        ServerContext closedServer = server(closed);
        pair(client, openServer).shakeHands();
        TlsPair other = pair(client, closedServer).settle();

        assertThat(other.server.engine.handshakeDone())
                .as("a session without a certificate does not pass where one is required")
                .isFalse();
        assertThat(other.server.fault).isNotNull();

        pair(client, openServer).shakeHands();
        TlsPair twin = pair(client, server(open)).shakeHands();
        assertThat(resumed(twin))
                .as("nor with the same settings, but keys of its own")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void keepsSessionsByPeerAndByName(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version).resumption(true);
        ClientContext client = client(settings);
        ServerContext server = server(settings);
        pair(client, server).shakeHands();

        TlsPair otherPeer = TlsPair.of(client.engine("server.test", "other.test:443"), server.engine());
        TlsPair otherName = TlsPair.of(client.engine("other.test", PEER), server.engine());
        TlsPair noName = TlsPair.of(client.engine(null, PEER), server.engine());
        TlsPair otherClient = pair(client(settings), server);

        for (TlsPair pair : List.of(otherPeer, otherName, noName, otherClient)) {
            assertThat(resumed(pair.shakeHands())).isFalse();
        }
        assertThat(resumed(pair(client, server).shakeHands())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void doesNotResumeUnlessBothWantIt(TlsVersion version) throws Exception {
        SettingsForTests willing = only(version).resumption(true);
        SettingsForTests unwilling = only(version).resumption(false);
        for (boolean clientWants : new boolean[] {true, false}) {
            ClientContext client = client(clientWants ? willing : unwilling);
            ServerContext server = server(clientWants ? unwilling : willing);
            pair(client, server).shakeHands();
            TlsPair again = pair(client, server).shakeHands();

            assertThat(resumed(again)).isFalse();
        }
    }

    @Test
    void sendsNothingBehindTheHandshakeIfNothingIsToBeResumed() throws Exception {
        SettingsForTests settings = only(TlsVersion.TLS_1_3).resumption(false);
        int without = records(pair(settings).shakeHands().server);
        int with = records(pair(settings.resumption(true)).shakeHands().server);

        assertThat(with).as("with tickets").isGreaterThan(without);
    }

    private static int records(TlsEnd end) {
        return end.sent.size();
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void goesOnWithoutResumptionThoughTheClientHasBeenPromisedATicket(TlsVersion version) throws Exception {
        TlsPair pair = TlsPair.of(
                JdkPeer.client(version), server(only(version).resumption(false)).engine());
        pair.shakeHands();
        pair.client.write("no ticket, no harm");
        pair.settle();

        assertThat(pair.server.text()).isEqualTo("no ticket, no harm");
    }

    @Test
    @DisplayName("in TLS 1.2 a session may go without a ticket, by its number")
    void resumesByNumberOnlyIfResumptionIsWanted() throws Exception {
        for (boolean wanted : new boolean[] {true, false}) {
            Iterator<JdkPeer> clients = JdkPeer.clientsWithoutTickets(TlsVersion.TLS_1_2);
            ServerContext server = server(only(TlsVersion.TLS_1_2).resumption(wanted));
            TlsPair first = TlsPair.of(clients.next(), server.engine()).shakeHands();
            TlsPair second = TlsPair.of(clients.next(), server.engine()).shakeHands();

            assertThat(first.server.engine.session().resumed()).isFalse();
            if (!wanted || servers().name().equals("jsse")) {
                assertThat(second.server.engine.session().resumed()).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void remembersWhoTheClientWas(TlsVersion version) throws Exception {
        SettingsForTests settings = only(version)
                .resumption(true)
                .clientCertificates(ClientCertificates.REQUIRED)
                .clientIdentity(TestIdentities.client());
        ClientContext client = client(settings);
        ServerContext server = server(settings);
        pair(client, server).shakeHands();
        TlsPair again = pair(client, server).shakeHands();

        assertThat(resumed(again)).isTrue();
        assertThat(again.server.engine.session().peerCertificates())
                .startsWith(TestIdentities.client().certificate());
        assertThat(settings.clientVerdicts).isEqualTo(1);
    }
}
