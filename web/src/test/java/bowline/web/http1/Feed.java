package bowline.web.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bowline.machine.PeerViolation;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Feeds the same bytes to new machines whole, a byte at a time and cut at random, out of a direct buffer that keeps
/// what is unread, and demands the same outcome each time (G7).
///
/// Pieces of body are joined, for where they were cut means nothing; a violation is the last line of the outcome.
final class Feed {
    private static final int CUTTINGS = 25;

    private Feed() {}

    /// What comes out of `input`, however it is cut.
    static List<String> events(Supplier<Http1Machine> machine, String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        List<String> whole = run(machine.get(), bytes, bytes.length, null);
        assertEquals(whole, run(machine.get(), bytes, 1, null), "a byte at a time");
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < CUTTINGS; i++) {
            assertEquals(whole, run(machine.get(), bytes, 40, random), "cut at random, seed " + seed);
        }
        return whole;
    }

    private static List<String> run(Http1Machine machine, byte[] bytes, int most, Random random) {
        var events = new ArrayList<String>();
        var body = new StringBuilder();
        ByteBuffer kept = ByteBuffer.allocateDirect(bytes.length);
        int sent = 0;
        try {
            while (sent < bytes.length) {
                int length = Math.min(random == null ? most : 1 + random.nextInt(most), bytes.length - sent);
                kept.put(bytes, sent, length).flip();
                sent += length;
                for (HttpEvent event = machine.next(kept); event != null; event = machine.next(kept)) {
                    take(event, events, body);
                }
                kept.compact();
            }
            flush(events, body);
        } catch (PeerViolation violation) {
            flush(events, body);
            events.add("violation " + violation.reply());
        }
        return events;
    }

    private static void take(HttpEvent event, List<String> events, StringBuilder body) {
        switch (event) {
            case RequestHead head -> events.add(head + fields(head.headers().toString()));
            case ResponseHead head -> events.add(head + fields(head.headers().toString()));
            case HttpEvent.Body(ByteBuffer data) -> body.append(StandardCharsets.ISO_8859_1.decode(data));
            case HttpEvent.End end -> {
                flush(events, body);
                events.add("end" + fields(end.trailers().toString()));
            }
        }
    }

    private static String fields(String lines) {
        return lines.isEmpty() ? "" : " [" + lines.replace("\n", "|") + "]";
    }

    private static void flush(List<String> events, StringBuilder body) {
        if (!body.isEmpty()) {
            events.add("body " + body);
            body.setLength(0);
        }
    }
}
