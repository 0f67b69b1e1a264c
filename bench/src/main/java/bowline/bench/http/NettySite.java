package bowline.bench.http;

import bowline.bench.server.NettyTransport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The same on Netty with the least that a server has: the codec and an answer whose fields are prepared, flushed
/// once a read; and, if told so, a handler that watches for idleness.
public final class NettySite {
    private static final int IDLE_SECONDS = 60;

    private NettySite() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the transport, as [NettyTransport] names it; how many event loops (1); `watched` closes idle
    /// connections
    public static void main(String... args) throws InterruptedException {
        int loops = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        boolean watched = args.length > 2 && args[2].equals("watched");
        NettyTransport.valueOf(args[0]).serve(loops, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel accepted) {
                if (watched) {
                    accepted.pipeline().addLast(new IdleStateHandler(0, 0, IDLE_SECONDS));
                }
                accepted.pipeline()
                        .addLast(new HttpServerCodec(new HttpDecoderConfig().setValidateHeaders(false)), new Answer());
            }
        });
    }

    // Futures of writes and closes are let go, as Netty's own examples do: an exception reaches exceptionCaught.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Answer extends ChannelInboundHandlerAdapter {
        private static final byte[] BODY = "hello".getBytes(StandardCharsets.US_ASCII);
        private static final AsciiString TYPE = AsciiString.cached("text/plain; charset=utf-8");
        private static final AsciiString LENGTH = AsciiString.cached("" + BODY.length);
        private static final HttpHeadersFactory HEADERS =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false);
        private static final DateTimeFormatter FORMAT = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

        private AsciiString date = AsciiString.EMPTY_STRING;
        private long dateSecond;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                var response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(BODY), HEADERS, HEADERS);
                response.headers()
                        .set(HttpHeaderNames.DATE, date())
                        .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
                        .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH);
                context.write(response, context.voidPromise());
            }
            ReferenceCountUtil.release(message);
        }

        private AsciiString date() {
            long second = System.currentTimeMillis() / 1000;
            if (second != dateSecond) {
                dateSecond = second;
                date = AsciiString.cached(FORMAT.format(Instant.ofEpochSecond(second)));
            }
            return date;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
