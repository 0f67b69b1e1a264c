package bowline.bench.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetSocketAddress;

/// What Netty can do I/O with: its portable transport and those with native code.
public enum NettyTransport {
    /// `java.nio`.
    NIO(NioServerSocketChannel.class, NioDatagramChannel.class),
    /// Edge-triggered epoll.
    EPOLL(EpollServerSocketChannel.class, EpollDatagramChannel.class),
    /// io_uring, a buffer allocated for each read.
    URING(IoUringServerSocketChannel.class, IoUringDatagramChannel.class),
    /// io_uring with a ring of buffers that the kernel takes for reads.
    URING_BUFFERS(IoUringServerSocketChannel.class, IoUringDatagramChannel.class);

    private static final int BACKLOG = 4096;
    private static final short BUFFER_GROUP = 1;
    private static final short BUFFERS = 1024;
    private static final int BUFFER_BYTES = 16_384;
    private static final int BATCH = 256;
    private static final int DATAGRAMS = 64;
    private static final int DATAGRAM_BYTES = 2048;

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends DatagramChannel> datagramChannel;

    NettyTransport(Class<? extends ServerChannel> serverChannel, Class<? extends DatagramChannel> datagramChannel) {
        this.serverChannel = serverChannel;
        this.datagramChannel = datagramChannel;
    }

    private MultiThreadIoEventLoopGroup loops(int count) {
        return new MultiThreadIoEventLoopGroup(count, handlers());
    }

    /// Serves UDP on a free port of the loopback, by one event loop, until the process ends.
    public void serveDatagrams(ChannelHandler handler) throws InterruptedException {
        var bootstrap = new Bootstrap()
                .group(loops(1))
                .channel(datagramChannel)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(this == EPOLL ? DATAGRAMS * DATAGRAM_BYTES : DATAGRAM_BYTES))
                .handler(handler);
        if (this == EPOLL) { // then it receives many at a time
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES);
        }
        run(bootstrap.bind("127.0.0.1", 0).sync().channel());
    }

    /// Serves TCP on a free port of the loopback until the process ends.
    public void serve(int loops, ChannelInitializer<Channel> connections) throws InterruptedException {
        var bootstrap = new ServerBootstrap()
                .group(loops(loops))
                .channel(serverChannel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(connections);
        if (this == URING_BUFFERS) {
            bootstrap.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
        }
        run(bootstrap.bind("127.0.0.1", 0).sync().channel());
    }

    private static void run(Channel channel) throws InterruptedException {
        ServerControl.start(((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    private IoHandlerFactory handlers() {
        return switch (this) {
            case NIO -> NioIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case URING -> IoUringIoHandler.newFactory();
            case URING_BUFFERS ->
                IoUringIoHandler.newFactory(new IoUringIoHandlerConfig()
                        .setBufferRingConfig(IoUringBufferRingConfig.builder()
                                .bufferGroupId(BUFFER_GROUP)
                                .bufferRingSize(BUFFERS)
                                .batchSize(BATCH)
                                .allocator(new IoUringFixedBufferRingAllocator(BUFFER_BYTES))
                                .build()));
        };
    }
}
