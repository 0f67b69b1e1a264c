package bowline.bench.echo;

import bowline.bench.server.ServerControl;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;

/// The same server on Netty NIO: one event loop for everything, flushing once a read, as its users do
/// who care for speed.
public final class NettyEcho {
    private static final int BACKLOG = 4096;

    private NettyEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args how many event loops; one if not told
    public static void main(String... args) throws InterruptedException {
        int loops = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        Channel channel = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(loops, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(new Echo());
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
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
