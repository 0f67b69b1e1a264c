package bowline.fuzz;

import bowline.bytes.Ascii;
import bowline.bytes.ByteQueue;
import bowline.machine.PeerViolation;
import bowline.web.http1.Http1Limits;
import bowline.web.http1.Http1Machine;
import bowline.web.message.HeadLimits;
import bowline.web.message.Headers;
import bowline.web.message.HttpDate;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1, both sides.
final class HttpTargets {
    private static final int HEAD_MAX_BYTES = 400;
    private static final int THIS_YEAR = 2025;
    private static final Http1Limits LIMITS =
            new Http1Limits(new HeadLimits(HEAD_MAX_BYTES, 10, 60, 8), 60, 20, 300, 2, 2);

    private HttpTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                        "http1-request",
                        "HTTP/1.1, what clients say (RFC 9112)",
                        HttpTargets::requests,
                        "GET /a?b HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcHEAD / HTTP/1.0\r\n\r\n",
                        "PUT http://a/ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: u\r\n\r\n",
                        "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\nanything",
                        "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                Target.of(
                        "http1-response",
                        "HTTP/1.1, what servers say (RFC 9112)",
                        HttpTargets::responses,
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nHTTP/1.1 200\r\nContent-Length: 7\r\n\r\n",
                        "HTTP/1.0 200 OK\r\n\r\nuntil the end",
                        "HTTP/1.1 204 \r\n\r\nHTTP/1.1 304 No\r\nContent-Length: 9\r\n\r\n",
                        "HTTP/1.1 101 Other\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nanything"),
                Target.of(
                        "http1-chunked",
                        "the chunked coding (RFC 9112 §7.1)",
                        HttpTargets::chunked,
                        "3\r\nabc\r\n00\r\n\r\n",
                        "a;b=\"c\\\"d\";e\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
                        "FFFFFFFFFFFFFFFF\r\n"),
                Target.of(
                        "http-date",
                        "dates of HTTP (RFC 9110 §5.6.7)",
                        HttpTargets::date,
                        "Sun, 06 Nov 1994 08:49:37 GMT",
                        "Sunday, 06-Nov-94 08:49:37 GMT",
                        "Sun Nov  6 08:49:37 1994"));
    }

    private static void requests(byte[] input) {
        new Conversation(HEAD_MAX_BYTES).tell(input, Server::new);
    }

    private static void chunked(byte[] input) {
        byte[] head = Ascii.bytes("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] whole = new byte[head.length + input.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(input, 0, whole, head.length, input.length);
        requests(whole);
    }

    private static void responses(byte[] input) {
        new Conversation(HEAD_MAX_BYTES).tell(input, Client::new);
    }

    private static void date(byte[] input) {
        long second = HttpDate.parse(new String(input, StandardCharsets.ISO_8859_1), THIS_YEAR);
        if (second != HttpDate.NONE && HttpDate.parse(HttpDate.format(second), THIS_YEAR) != second) {
            throw new BrokenRule("reads " + second + ", writes " + HttpDate.format(second));
        }
    }

    private static String tell(HttpEvent event) {
        return switch (event) {
            case RequestHead head -> head + " " + head.bodyLength() + " [" + head.headers() + "]";
            case ResponseHead head -> head + " " + head.bodyLength() + " [" + head.headers() + "]";
            case HttpEvent.Body(ByteBuffer data) -> "body " + StandardCharsets.ISO_8859_1.decode(data.duplicate());
            case HttpEvent.End(Headers trailers) -> "end [" + trailers + "]";
        };
    }

    /// Answers every request when it has ended, and those that wait for an answer at once.
    private static final class Server implements Conversation.Reader {
        private final Http1Machine machine = Http1Machine.server(LIMITS);
        private final ByteQueue answers = new ByteQueue();

        @Override
        public @Nullable String next(ByteBuffer unread) {
            HttpEvent event;
            try {
                event = machine.next(unread);
            } catch (PeerViolation violation) {
                machine.refuse(violation, answers);
                throw violation;
            }
            if (event == null) {
                return null;
            }
            String told = tell(event);
            if (event instanceof RequestHead head) {
                isReadAlike(head);
            }
            if (event instanceof HttpEvent.End) {
                machine.send(new ResponseHead(200, Headers.EMPTY, 0), answers);
                if (machine.sending()) { // else it was granted a tunnel
                    machine.send(HttpEvent.End.PLAIN, answers);
                }
            }
            return told;
        }

        @Override
        public String end() {
            HttpEvent.End end = machine.endOfInput();
            return end == null ? "" : tell(end);
        }

        @Override
        public boolean over() {
            return machine.closed() || machine.tunnel() || machine.full();
        }

        /// H1-1, G3: a request that is passed on is one request, and the same, to the next server.
        private static void isReadAlike(RequestHead head) {
            var wire = new ByteQueue();
            try {
                var passedOn = new RequestHead(head.method(), head.target(), head.headers());
                Http1Machine.client(LIMITS).send(passedOn, wire);
            } catch (IllegalArgumentException refused) {
                return;
            }
            ByteBuffer written = wire.readable();
            HttpEvent again = Http1Machine.server(Http1Limits.SERVER).next(written);
            boolean alike = again instanceof RequestHead read
                    && read.method().equals(head.method())
                    && read.target().equals(head.target())
                    && !written.hasRemaining();
            if (!alike) {
                throw new BrokenRule(
                        "H1-1: " + head + " is passed on as " + again + " and " + written.remaining() + " bytes");
            }
        }
    }

    /// Has asked for a page and for a head.
    private static final class Client implements Conversation.Reader {
        private final Http1Machine machine = Http1Machine.client(LIMITS);

        Client() {
            for (String method : List.of("GET", "HEAD")) {
                machine.send(new RequestHead(method, "/", Headers.of("Host", "a")), new ByteQueue());
                machine.send(HttpEvent.End.PLAIN, new ByteQueue());
            }
        }

        @Override
        public @Nullable String next(ByteBuffer unread) {
            HttpEvent event = machine.next(unread);
            return event == null ? null : tell(event);
        }

        @Override
        public String end() {
            HttpEvent.End end = machine.endOfInput();
            return end == null ? "" : tell(end);
        }

        @Override
        public boolean over() {
            return machine.closed() || machine.tunnel();
        }
    }
}
