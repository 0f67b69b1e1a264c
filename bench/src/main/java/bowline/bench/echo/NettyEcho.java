package bowline.bench.echo;

import bowline.bench.server.NettyTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/// The same server on Netty: one event loop for everything unless told otherwise, flushing once a read, as its users do
/// who care for speed.
public final class NettyEcho {

    private NettyEcho() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the transport, as [NettyTransport] names it; how many event loops (1)
    public static void main(String... args) throws InterruptedException {
        int loops = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        NettyTransport.valueOf(args[0]).serve(loops, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel accepted) {
                accepted.pipeline().addLast(new Echo());
            }
        });
    }

    /// Writes what it reads.
    // Futures of writes and closes are let go, as Netty's own examples do: an exception reaches exceptionCaught.
    @SuppressWarnings("FutureReturnValueIgnored")
    public static final class Echo extends ChannelInboundHandlerAdapter {
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
