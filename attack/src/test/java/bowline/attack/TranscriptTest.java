package bowline.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.attack.Transcript.Early;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    @Test
    void aWebServerAnswersWellWithAnySuccessOfAnyVersionOne() {
        Transcript http = Transcript.http("a", "/");

        assertThat(http.isGood("HTTP/1.1 204 No Content\r\n\r\n")).isTrue();
        assertThat(http.isGood("HTTP/1.0 200 OK\r\nA: b\r\n\r\n")).isTrue();
        assertThat(http.isGood("HTTP/1.1 200 OK\r\nA: b\r\n")).isFalse();
        assertThat(http.isGood("HTTP/1.1 404 2\r\n\r\n")).isFalse();
        assertThat(http.isGood("")).isFalse();
    }

    @Test
    void whoAnswersAfterHeHasClosedIsCaught() {
        Early twice = Transcript.http("a", "/").early().getLast();

        assertThat(twice.said()).contains("Connection: close\r\n\r\nGET / HTTP/1.1\r\n");
        assertThat(twice.obeyed().test("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
                .isTrue();
        assertThat(twice.obeyed().test("HTTP/1.1 200 OK\r\n\r\n")).isFalse();
    }

    @Test
    void whatIsAddedLeavesTheFirstAsItWas() {
        Transcript plain = Transcript.of("ahoy", answer -> true);

        Transcript more = plain.endless("ah")
                .repeats(text -> text)
                .repeats(text -> text + "!")
                .items(count -> "x");

        assertThat(plain.endless()).isEmpty();
        assertThat(plain.repeating()).isEmpty();
        assertThat(more.repeating()).hasSize(2);
        assertThat(more.endless()).isEqualTo("ah");
        assertThat(more).hasToString("\"ahoy\"");
    }

    @Test
    void aRequestThatCannotBeCutIsRefused() {
        assertThatThrownBy(() -> Transcript.raw("x", "x")).hasMessageContaining("a request of 1 bytes cannot be cut");
    }
}
