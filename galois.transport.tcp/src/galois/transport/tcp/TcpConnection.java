package galois.transport.tcp;

import galois.api.io.EdgeTransport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Joins one Netty channel to the handler that owns it. Frames of every thread pass through one
 * queue: Netty writes at once for its own thread but later for others, so that a frame sent by a
 * role would be overtaken by the next one sent from an I/O call. The queue holds what is sent while
 * the event loop is busy; senders bound it by their windows of unacknowledged batches.
 */
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf>
        implements EdgeTransport.Connection {
    private final Channel channel;
    private final EdgeTransport.Handler handler;
    private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unsent = new AtomicInteger();
    private String reason = "closed by peer";

    TcpConnection(Channel channel, EdgeTransport.Handler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        handler.onOpen(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        byte[] frame = new byte[message.readableBytes()];
        message.readBytes(frame);
        handler.onFrame(this, frame);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            handler.onWritable(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        handler.onClosed(this, reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean tooLong = cause instanceof TooLongFrameException;
        reason = tooLong ? "frame above the limit" : String.valueOf(cause.getMessage());
        context.close();
    }

    @Override
    public void send(byte[] frame, int offset, int length) {
        if (channel.isActive()) {
            ByteBuf copy = channel.alloc().buffer(length).writeBytes(frame, offset, length);
            waiting.add(copy);
            if (unsent.getAndIncrement() == 0) {
                wakeLoop();
            }
        }
    }

    private void wakeLoop() {
        try {
            channel.eventLoop().execute(this::writeWaiting);
        } catch (RejectedExecutionException stopped) {
            waiting.forEach(ReferenceCountUtil::release); // the transport was closed meanwhile
        }
    }

    /** Event loop: one flush for all that waits; a closed channel releases what it is given. */
    private void writeWaiting() {
        int count = unsent.get();
        do {
            for (int i = 0; i < count; i++) {
                channel.write(waiting.remove(), channel.voidPromise());
            }
            channel.flush();
            count = unsent.addAndGet(-count);
        } while (count != 0);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public String peer() {
        return String.valueOf(channel.remoteAddress());
    }

    @Override
    public void close() {
        channel.close();
    }
}
