package bowline.bench.udp;

import bowline.bench.server.ServerControl;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;

/// The same server on Netty NIO: one event loop, flushing once a read, with buffers for datagrams of 8 KiB.
public final class NettyUdpEcho {
    private static final int MAX_PACKET_SIZE = 8192;

    private NettyUdpEcho() {}

    /// Listens on a free port of the loopback and says which.
    public static void main(String... args) throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_PACKET_SIZE))
                .handler(new Echo())
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        ServerControl.start(((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    // Futures of writes are let go: an exception reaches exceptionCaught.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            context.write(new DatagramPacket(packet.content(), packet.sender()), context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            cause.printStackTrace();
        }
    }
}
