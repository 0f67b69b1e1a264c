package bowline.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import bowline.web.message.Headers;
import bowline.web.message.RequestHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAccessLogTest {

    @Test
    @DisplayName("G10: sites on several reactors write whole lines to one file")
    void linesStayWhole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("access.log");
        AccessLog log = AccessLog.appendingTo(file);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                String target = "/" + String.valueOf(thread).repeat(300);
                var head = new RequestHead("GET", target, Headers.EMPTY);
                threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        log.note(new AccessEntry("127.0.0.1", Instant.EPOCH, head, 200, 5));
                    }
                });
            }
        }
        assertThat(Files.readAllLines(file))
                .hasSize(2000)
                .allSatisfy(line -> assertThat(line)
                        .matches("127\\.0\\.0\\.1 - - \\[.*] \"GET /(\\d)\\1{299} HTTP/1.1\" 200 5 .*"));
    }
}
