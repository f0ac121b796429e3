package galois.transport.tcp;

import galois.api.io.EdgeTransport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;

/** Joins one Netty channel to the handler that owns it. */
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf>
        implements EdgeTransport.Connection {
    private final Channel channel;
    private final EdgeTransport.Handler handler;
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
            channel.writeAndFlush(copy, channel.voidPromise());
        }
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
