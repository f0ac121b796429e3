package galois.transport.tcp;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.io.EdgeTransport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Frames over TCP. One event loop thread serves every node of the runtime, so that the calls to one
 * handler never overlap.
 */
@Component(property = "name=tcp")
public final class TcpTransport implements EdgeTransport, AutoCloseable {
    /** A peer that does not answer a connect within this time is not there. */
    static final int CONNECT_TIMEOUT_MS = 2_000;

    /** A connection is not writable while more than this waits in it ... */
    static final int WRITE_HIGH_BYTES = 256 << 10;

    /** ... until less than this does. */
    static final int WRITE_LOW_BYTES = 64 << 10;

    private static final int CLOSE_TIMEOUT_S = 5;

    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("galois-tcp", true), NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    private volatile boolean closed;

    @Activate
    public TcpTransport() {}

    @Override
    public Listener listen(String host, int port, Handler handler) {
        ChannelGroup accepted = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                        .childHandler(new FramePipeline(handler, channels, accepted))
                        .bind(host, port)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new GaloisException(
                    ErrorCode.PORT_IN_USE,
                    "cannot listen on "
                            + host
                            + ":"
                            + port
                            + " ("
                            + bound.cause().getMessage()
                            + "): choose another data.port, 0 picks a free one",
                    bound.cause());
        }
        Channel server = bound.channel();
        channels.add(server);
        InetSocketAddress local = (InetSocketAddress) server.localAddress();
        return new TcpListener(server, accepted, host + ":" + local.getPort());
    }

    @Override
    public void connect(String address, Handler handler) {
        if (closed) {
            handler.onClosed(null, "the transport was stopped");
            return;
        }
        int colon = address.lastIndexOf(':');
        int port = colon < 0 ? -1 : port(address.substring(colon + 1));
        if (port < 0) {
            loop.execute(() -> handler.onClosed(null, "\"" + address + "\" is not host:port"));
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                .handler(new FramePipeline(handler, channels))
                .connect(address.substring(0, colon), port)
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                handler.onClosed(null, String.valueOf(done.cause().getMessage()));
                            }
                        });
    }

    /** Closes every listener and connection; on return every handler has heard of it. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        channels.close().awaitUninterruptibly(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
    }

    private static WriteBufferWaterMark waterMark() {
        return new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65_536 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private record TcpListener(Channel server, ChannelGroup accepted, String address)
            implements Listener {
        @Override
        public void close() {
            server.close().awaitUninterruptibly(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
            accepted.close().awaitUninterruptibly(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
        }
    }
}
