package bowline.bench.forward;

import bowline.bench.proxy.NettyPass;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/// The same on Netty NIO: one event loop; nothing is read until the target is connected.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyForward {

    private NettyForward() {}

    /// Listens on the loopback.
    ///
    /// @param args the port, and the port to pass on to
    public static void main(String... args) throws InterruptedException {
        int target = Integer.parseInt(args[1]);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new Connect(target))
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    /// Connects to the target for each client, and joins the two.
    @Sharable
    private static final class Connect extends ChannelInboundHandlerAdapter {
        private final int target;

        Connect(int target) {
            this.target = target;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel client = context.channel();
            new Bootstrap()
                    .group(client.eventLoop())
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(new NettyPass(client))
                    .connect("127.0.0.1", target)
                    .addListener((ChannelFutureListener) connected -> {
                        if (!connected.isSuccess()) {
                            client.close();
                            return;
                        }
                        client.pipeline().replace(this, null, new NettyPass(connected.channel()));
                        client.config().setAutoRead(true);
                        connected.channel().config().setAutoRead(true);
                    });
        }
    }
}
