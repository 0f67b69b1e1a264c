package bowline.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Requests of three kinds, 64 different ones of each but the first, so that no branch learns one by heart.
enum HeadCorpus {
    /// A benchmark's: always the same, three fields.
    PLAINTEXT {
        @Override
        String request(Random random) {
            return String.join(
                    "\r\n",
                    "GET /plaintext HTTP/1.1",
                    "Host: server",
                    "Accept: text/plain,text/html;q=0.9,*/*;q=0.8",
                    "Connection: keep-alive",
                    "",
                    "");
        }
    },
    /// A browser's: 13 to 15 fields.
    BROWSER {
        @Override
        String request(Random random) {
            String head = "GET /products/" + word(random) + "?page=" + random.nextInt(100) + "&sort=price HTTP/1.1\r\n"
                    + "Host: www.example.com\r\n"
                    + "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/1" + random.nextInt(10, 50) + ".0.0.0 Safari/537.36\r\n"
                    + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8\r\n"
                    + "Accept-Language: en-US,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\n"
                    + "Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\n"
                    + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\nSec-Fetch-User: ?1\r\n"
                    + "Cookie: session=" + Long.toHexString(random.nextLong()) + "; theme=" + word(random) + "\r\n";
            String referer = random.nextBoolean() ? "Referer: https://www.example.com/" + word(random) + "\r\n" : "";
            String cache = random.nextBoolean() ? "Cache-Control: max-age=0\r\n" : "";
            return head + referer + cache + "\r\n";
        }
    },
    /// A small one of an API, with a body.
    POST {
        @Override
        String request(Random random) {
            String body = "{\"id\":" + random.nextInt(10, 99) + ",\"name\":\"" + word(random) + "\"}";
            return "POST /api/v1/items/" + random.nextInt(1000) + " HTTP/1.1\r\nHost: api.example.com\r\n"
                    + "Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
        }
    };

    static final int REQUESTS = 64;
    private static final long SEED = 2026;

    abstract String request(Random random);

    private static String word(Random random) {
        return Integer.toString(random.nextInt(1 << 20, 1 << 30), 36);
    }

    /// The requests in direct buffers, as a reactor lends them.
    ByteBuffer[] buffers() {
        var random = new Random(SEED);
        var buffers = new ByteBuffer[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            byte[] bytes = request(random).getBytes(StandardCharsets.US_ASCII);
            buffers[i] = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        }
        return buffers;
    }
}
