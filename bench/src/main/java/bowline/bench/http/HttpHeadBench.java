package bowline.bench.http;

import bowline.bytes.ByteSink;
import bowline.web.http1.Http1Limits;
import bowline.web.http1.Http1Machine;
import bowline.web.message.BodyLength;
import bowline.web.message.HeadLimits;
import bowline.web.message.HeadScanner;
import bowline.web.message.HeaderName;
import bowline.web.message.Headers;
import bowline.web.message.HttpEvent;
import bowline.web.message.RequestHead;
import bowline.web.message.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reads a request's head out of a direct buffer and uses it: method, target, whether the connection persists, one
/// field that is there and one that is not.
///
/// `bowlineHead` is the head alone; `bowlineMachine` the whole server's machine, which checks framing and host,
/// passes the body on, and must be given an empty response to go on. `netty` is its decoder alone, fed past the
/// channel's queues.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--sun-misc-unsafe-memory-access=allow"})
public class HttpHeadBench {
    private static final ResponseHead EMPTY = new ResponseHead(200, Headers.EMPTY, 0);

    /// Which requests.
    @Param({"PLAINTEXT", "BROWSER", "POST"})
    public String corpus = "PLAINTEXT";

    private final HeadScanner scanner = HeadScanner.requests(HeadLimits.USUAL);
    private final Http1Machine machine = Http1Machine.server(Http1Limits.SERVER);
    private final Nowhere nowhere = new Nowhere();
    private final Used used = new Used();
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(), used);
    private ByteBuffer[] requests = {};
    private ByteBuf[] wrapped = {};
    private int turn;

    /// Makes the requests.
    @Setup
    public void fill() {
        requests = HeadCorpus.valueOf(corpus).buffers();
        wrapped = new ByteBuf[requests.length];
        for (int i = 0; i < requests.length; i++) {
            wrapped[i] = Unpooled.wrappedBuffer(requests[i].duplicate());
        }
    }

    private int next() {
        turn = (turn + 1) % HeadCorpus.REQUESTS;
        return turn;
    }

    /// Bowline, the head alone.
    @Benchmark
    public int bowlineHead() {
        ByteBuffer unread = requests[next()].position(0);
        if (!scanner.scan(unread)) {
            throw new AssertionError("the request is whole");
        }
        return use(scanner.request(scanner.take(unread), BodyLength.NONE));
    }

    /// Bowline, from bytes to events and an empty response.
    @Benchmark
    public long bowlineMachine() {
        ByteBuffer unread = requests[next()].position(0);
        int sum = 0;
        while (true) {
            switch (machine.next(unread)) {
                case RequestHead head -> sum += use(head);
                case HttpEvent.Body(ByteBuffer data) -> sum += data.remaining();
                case HttpEvent.End _ -> {
                    machine.send(EMPTY, nowhere);
                    machine.send(HttpEvent.End.PLAIN, nowhere);
                    return sum + nowhere.bytes;
                }
                case ResponseHead _ -> throw new AssertionError("no response comes in");
                case null -> throw new AssertionError("the request is whole");
            }
        }
    }

    private static int use(RequestHead head) {
        Headers headers = head.headers();
        int sum = head.method().length() + head.target().length();
        sum += headers.lists(HeaderName.CONNECTION, "close") ? 1 : 0;
        String host = headers.first(HeaderName.HOST);
        sum += host == null ? 0 : host.length();
        return sum + (headers.has(HeaderName.RANGE) ? 1 : 0);
    }

    /// Netty's decoder.
    @Benchmark
    public int netty() {
        channel.pipeline().fireChannelRead(wrapped[next()].retainedDuplicate());
        return used.sum;
    }

    /// Uses what the decoder gives.
    private static final class Used extends ChannelInboundHandlerAdapter {
        private int sum;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest head) {
                sum += head.method().name().length() + head.uri().length();
                sum += HttpUtil.isKeepAlive(head) ? 0 : 1;
                sum += head.headers().get(HttpHeaderNames.HOST).length();
                sum += head.headers().contains(HttpHeaderNames.RANGE) ? 1 : 0;
            }
            if (message instanceof HttpContent content) {
                sum += content.content().readableBytes();
                ReferenceCountUtil.release(content);
            }
        }
    }

    /// Takes everything and keeps nothing.
    private static final class Nowhere implements ByteSink {
        private long bytes;

        @Override
        public void write(ByteBuffer piece) {
            bytes += piece.remaining();
            piece.position(piece.limit());
        }

        @Override
        public void write(byte[] array, int offset, int length) {
            bytes += length;
        }
    }
}
