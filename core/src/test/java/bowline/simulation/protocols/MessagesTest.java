package bowline.simulation.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.protocol.ConnectionDone;
import bowline.protocol.Factory;
import bowline.reactor.ClientCreator;
import bowline.reactor.ListenOptions;
import bowline.simulation.ManySeeds;
import bowline.simulation.SimulatedHost;
import bowline.simulation.Simulation;
import bowline.simulation.invariant.ConnectionLives;
import bowline.simulation.invariant.Weather;
import bowline.simulation.protocols.Messenger.Framing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Line and string protocols under bad networks: every message comes once, whole and in order.
class MessagesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /// Two clients that ask, and what the server has heard.
    private static final class Conversation {
        final Simulation world;
        final ConnectionLives lives = new ConnectionLives();
        final SimulatedHost server;
        final SimulatedHost client;
        final List<Respondent> respondents = new ArrayList<>();
        final List<Questioner> questioners = new ArrayList<>();
        final Framing framing;
        final boolean answered;
        int failed;

        Conversation(Simulation world, Framing framing, boolean answered) {
            this.world = world;
            this.framing = framing;
            this.answered = answered;
            server = world.host("server");
            client = world.host("client");
        }

        Messenger respondent() {
            var respondent = new Respondent(world, lives, "respondent " + respondents.size(), answered);
            respondents.add(respondent);
            return framing.with(respondent);
        }

        void ask(int clients) {
            for (int i = 0; i < clients; i++) {
                int count = world.random("count " + i).nextInt(1, 12);
                var questioner = new Questioner(world, lives, "questioner " + i, count, !answered);
                questioners.add(questioner);
                client.start(reactor -> new ClientCreator<>(
                                reactor, () -> framing.with(questioner).protocol())
                        .connectTcp("server", 7)
                        .addErrback(_ -> {
                            failed++;
                            return null;
                        }));
            }
        }

        void runToTheEnd() {
            world.runUntil(
                    () -> questioners.stream()
                                            .filter(each -> each.life.end() != null)
                                            .count()
                                    + failed
                            == questioners.size(),
                    PATIENCE);
            world.check();
            lives.check();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each question is answered once and in order, and the connection ends in good order")
    void questionsAreAnswered(Framing framing) {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            var conversation = new Conversation(world, framing, true);
            conversation.server.start(reactor -> reactor.listenTcp(
                    7, Factory.of(() -> conversation.respondent().protocol())));
            conversation.ask(1);

            conversation.runToTheEnd();

            assertThat(conversation.questioners).allMatch(Questioner::contented);
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what was said before hanging up is heard, all of it, even by who takes breaks")
    void nothingSaidIsLost(Framing framing) {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world);
            var conversation = new Conversation(world, framing, false);
            conversation.server.start(reactor -> reactor.listenTcp(
                    7, Factory.of(() -> conversation.respondent().protocol())));
            conversation.ask(1);
            world.runUntil(() -> conversation.lives.begun() == 2 && conversation.lives.open() == 0, PATIENCE);

            conversation.runToTheEnd();

            assertThat(conversation.respondents.getFirst().life.end())
                    .isNotNull()
                    .matches(end -> end.check(ConnectionDone.class) != null);
            assertThat(conversation.respondents.getFirst().heard.stream().map(Questioner::answerTo))
                    .hasSize(conversation.questioners.getFirst().answers.open());
        });
    }

    @Test
    @DisplayName("LIS-10: a group of reactors, and connections that break: what is answered is answered in order")
    void groupsOfReactorsInRoughWeather() {
        ManySeeds.run(1, 1000, world -> {
            Weather.over(world).rough();
            var conversation = new Conversation(world, Framing.LINES, true);
            conversation.server.startGroup(
                    3,
                    group -> group.listenTcp(
                            7, _ -> Factory.of(() -> conversation.respondent().protocol()), ListenOptions.DEFAULT));
            conversation.ask(3);

            conversation.runToTheEnd();
        });
    }
}
