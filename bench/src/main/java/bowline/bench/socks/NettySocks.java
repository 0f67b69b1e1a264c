package bowline.bench.socks;

import bowline.bench.proxy.NettyPass;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;

/// The same on Netty NIO with its SOCKS 5 codec: one event loop, flushing once a read, and reading no more while the
/// other side cannot be written.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettySocks {
    private static final MultiThreadIoEventLoopGroup LOOP =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private NettySocks() {}

    /// Listens on the loopback.
    ///
    /// @param args the port
    public static void main(String... args) throws InterruptedException {
        new ServerBootstrap()
                .group(LOOP)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline()
                                .addLast(Socks5ServerEncoder.DEFAULT, new Socks5InitialRequestDecoder(), new Talk());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Talk extends SimpleChannelInboundHandler<Socks5Message> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, Socks5Message message) {
            if (message instanceof Socks5CommandRequest request) {
                connect(context, request);
            } else {
                context.pipeline().addBefore(context.name(), "command", new Socks5CommandRequestDecoder());
                context.pipeline().remove(Socks5InitialRequestDecoder.class);
                context.writeAndFlush(new DefaultSocks5InitialResponse(Socks5AuthMethod.NO_AUTH));
            }
        }

        private void connect(ChannelHandlerContext context, Socks5CommandRequest request) {
            Channel client = context.channel();
            new Bootstrap()
                    .group(client.eventLoop())
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(request.dstAddr(), request.dstPort())
                    .addListener((ChannelFutureListener) connected -> {
                        if (!connected.isSuccess()) {
                            client.close();
                            return;
                        }
                        client.writeAndFlush(
                                new DefaultSocks5CommandResponse(Socks5CommandStatus.SUCCESS, Socks5AddressType.IPv4));
                        client.pipeline().remove(Socks5ServerEncoder.class);
                        client.pipeline().remove("command");
                        client.pipeline().remove(this);
                        client.pipeline().addLast(new NettyPass(connected.channel()));
                        connected.channel().pipeline().addLast(new NettyPass(client));
                        connected.channel().config().setAutoRead(true);
                    });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
