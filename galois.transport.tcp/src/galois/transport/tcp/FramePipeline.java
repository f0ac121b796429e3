package galois.transport.tcp;

import galois.api.io.EdgeTransport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import java.nio.ByteOrder;
import java.util.List;

/**
 * What every connection is made of: the length check, then the handler. TLS will be the first
 * element.
 */
final class FramePipeline extends ChannelInitializer<Channel> {
    private final EdgeTransport.Handler handler;
    private final List<ChannelGroup> groups;

    FramePipeline(EdgeTransport.Handler handler, ChannelGroup... groups) {
        this.handler = handler;
        this.groups = List.of(groups);
    }

    @Override
    protected void initChannel(Channel channel) {
        groups.forEach(group -> group.add(channel));
        channel.pipeline()
                .addLast(
                        new LengthFieldBasedFrameDecoder(
                                ByteOrder.LITTLE_ENDIAN,
                                EdgeTransport.FRAME_BYTES_MAX,
                                0,
                                Integer.BYTES,
                                -Integer.BYTES,
                                0,
                                true))
                .addLast(new TcpConnection(channel, handler));
    }
}
