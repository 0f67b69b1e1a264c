package bowline.bench.udp;

import bowline.bench.server.NettyTransport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

/// The same server on Netty: one event loop, flushing once a read, with buffers for datagrams of 2 KiB, on epoll for 64
/// of them at a time.
public final class NettyUdpEcho {

    private NettyUdpEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the transport, as [NettyTransport] names it
    public static void main(String... args) throws InterruptedException {
        NettyTransport.valueOf(args[0]).serveDatagrams(new Echo());
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
