package bowline.bench.idle;

import bowline.bench.server.ServerControl;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// The same on Netty NIO with the least that a server has: the codec, a handler that watches for idleness, an answer.
public final class NettySite {
    private static final int IDLE_SECONDS = 60;

    private NettySite() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args how many loops (1)
    public static void main(String... args) throws InterruptedException {
        var answer = new Answer();
        Channel channel = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        args.length > 0 ? Integer.parseInt(args[0]) : 1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline()
                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS), new HttpServerCodec(), answer);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        ServerControl.start(((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    // Futures of writes and closes are let go, as Netty's own examples do: an exception reaches exceptionCaught.
    @SuppressWarnings("FutureReturnValueIgnored")
    @ChannelHandler.Sharable
    private static final class Answer extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof LastHttpContent) {
                ByteBuf body = Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII);
                var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
                context.writeAndFlush(response);
            }
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
