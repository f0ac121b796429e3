package galois.node.pipeline;

import galois.api.control.Assignment;
import galois.api.control.Edge;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.batch.FieldType;
import galois.compiler.WasmKernelCompiler;
import galois.node.consumer.ConsumerRoles;
import galois.node.core.TestNode;
import galois.node.producer.ProducerRoles;
import galois.node.role.LineFormat;
import galois.node.role.MemorySink;
import galois.node.role.MemorySource;
import galois.node.sink.SinkRoles;
import galois.transport.tcp.TcpTransport;
import galois.wasm.ChicoryKernelRuntime;

import java.util.List;
import java.util.Map;

/**
 * Source on node 1, the kernel {@code n >= 0} and the sink on node 2, over real TCP: the parts of a
 * query put together by hand.
 */
final class Pipeline implements AutoCloseable {
    final MemorySource source;
    final MemorySink target = new MemorySink();
    final ProducerRoles producers;
    final ConsumerRoles consumers = new ConsumerRoles(new ChicoryKernelRuntime());
    final TestNode first;
    final TestNode second;
    TcpTransport transport = new TcpTransport();

    private final String codeId;
    private final Edge toKernel;
    private final Edge toSink;

    Pipeline(MemorySource source) {
        this.source = source;
        LineFormat format = new LineFormat();
        producers = new ProducerRoles(format);
        producers.add("memory", source);
        first = new TestNode("node-1", transport);
        second = new TestNode("node-2", transport);
        for (TestNode node : List.of(first, second)) {
            node.roles().role("galois.node.producer", producers);
            node.roles().role("galois.node.consumer", consumers);
            node.roles().role("galois.node.sink", new SinkRoles(target, format));
        }
        codeId = second.code(new WasmKernelCompiler().compile(filter()).wasm());
        toKernel = edge("q.e0", "node-1");
        toSink = edge("q.e1", "node-2");
    }

    void assign(Map<String, String> options) {
        second.assign(new Assignment.Sink("q.sink", "q", 1, "node-2", toSink, stream(options)));
        second.assign(
                new Assignment.Consumer(
                        "q.k0",
                        "q",
                        1,
                        "node-2",
                        codeId,
                        List.of("filter"),
                        List.of(new Expr.Literal(FieldType.BIGINT, "0")),
                        List.of(Assignment.Port.of(toKernel)),
                        false,
                        toSink));
        first.assign(
                new Assignment.Producer(
                        "q.source", "q", 1, "node-1", stream(options), List.of(toKernel)));
    }

    /** Both nodes lose their transport and get a new one. */
    void restartTransport() {
        first.edges().close();
        second.edges().close();
        transport.close();
        transport = new TcpTransport();
        second.edges().open(transport);
        first.edges().open(transport);
    }

    private Edge edge(String id, String from) {
        return new Edge(id, from, "node-2", second.address(), LineFormat.SCHEMA);
    }

    private static StreamDefinition stream(Map<String, String> options) {
        return new StreamDefinition("s", LineFormat.SCHEMA, Map.of(), 1, 0, options);
    }

    private static LogicalPlan filter() {
        LogicalOp source = new LogicalOp.Source("s", LineFormat.SCHEMA, 1);
        Expr condition =
                new Expr.Call(
                        Function.GREATER_OR_EQUAL,
                        List.of(
                                new Expr.Column(0, FieldType.BIGINT),
                                new Expr.Parameter(0, FieldType.BIGINT)),
                        FieldType.BOOLEAN);
        return new LogicalPlan(
                new LogicalOp.Filter(source, condition),
                List.of(new Expr.Literal(FieldType.BIGINT, "0")));
    }

    @Override
    public void close() {
        first.close();
        second.close();
        transport.close();
    }
}
