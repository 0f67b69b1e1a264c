package bowline.bench.tls;

import bowline.bench.echo.NettyEcho;
import bowline.bench.server.NettyTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.SecureRandom;
import javax.net.ssl.SSLException;

/// The TLS servers of the benchmark on Netty: one event loop, which does the handshakes' work as well.
public final class NettyTls {

    private NettyTls() {}

    /// Listens on a free port of the loopback and says which.
    ///
    /// @param args the duty, the identity, the transport, and `JDK` or `OPENSSL`, which is BoringSSL
    public static void main(String... args) throws Exception {
        Duty duty = Duty.valueOf(args[0]);
        SslContext tls = context(Identity.valueOf(args[1]), SslProvider.valueOf(args[3]));
        NettyTransport.valueOf(args[2]).serve(1, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel accepted) {
                accepted.pipeline().addLast(tls.newHandler(accepted.alloc()), handler(duty));
            }
        });
    }

    private static SslContext context(Identity identity, SslProvider provider) throws SSLException {
        SslContext tls = SslContextBuilder.forServer(
                        identity.certificate().toFile(), identity.key().toFile())
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .build();
        if (tls.sessionContext() instanceof OpenSslSessionContext sessions) { // it gives no tickets of its own accord
            sessions.setSessionCacheEnabled(true);
            sessions.setTicketKeys(new OpenSslSessionTicketKey(random(), random(), random()));
        }
        return tls;
    }

    private static byte[] random() {
        byte[] bytes = new byte[OpenSslSessionTicketKey.NAME_SIZE]; // all three are as long
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static ChannelHandler handler(Duty duty) {
        return switch (duty) {
            case GREET -> new Greet();
            case ECHO -> new NettyEcho.Echo();
            case SEND -> new Send();
            case RECEIVE -> new Receive();
        };
    }

    // Futures of writes and closes are let go, as Netty's own examples do: an exception reaches exceptionCaught.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static class Receive extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Greet extends Receive {
        private static final ByteBuf GREETING = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(1).writeByte('!').asReadOnly());

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                context.writeAndFlush(GREETING.duplicate(), context.voidPromise());
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Send extends Receive {
        private static final ByteBuf BLOCK = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(Duty.BLOCK_BYTES).writeZero(Duty.BLOCK_BYTES));

        private int received;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received += ((ByteBuf) message).readableBytes();
            super.channelRead(context, message);
            for (; received >= Duty.REQUEST_BYTES; received -= Duty.REQUEST_BYTES) {
                context.write(BLOCK.duplicate(), context.voidPromise());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
