package galois.cluster;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A language of words, so that the control plane can be tested without a planner: {@code create s
 * live node=n1}, {@code drop s}, {@code select s} (a filter and a projection), {@code all s}
 * (neither), {@code insert t s}, {@code explain s}, {@code set k v}, {@code show}.
 */
final class TinyLanguage implements QueryLanguage {
    static final Schema SCHEMA =
            Schema.of(new Field("a", FieldType.DOUBLE), new Field("b", FieldType.BIGINT));

    @Override
    public List<SourceText> split(String script) {
        throw new UnsupportedOperationException("one statement at a time");
    }

    @Override
    public Statement parse(SourceText text, Catalog catalog) {
        String[] words = text.text().split(" ");
        return switch (words[0]) {
            case "create" -> new Statement.CreateStream(stream(words), false);
            case "drop" -> new Statement.DropStream(words[1], false);
            case "select" -> new Statement.Select(query(words[1], catalog));
            case "all" ->
                    new Statement.Select(new LogicalPlan(source(words[1], catalog), List.of()));
            case "insert" -> new Statement.Insert(words[1], query(words[2], catalog));
            case "explain" -> new Statement.Explain(new Statement.Select(query(words[1], catalog)));
            case "set" -> new Statement.Set(words[1], words[2]);
            case "show" -> new Statement.ShowStreams();
            case "describe-nothing" -> new Statement.Describe(null); // no language should
            default ->
                    throw new GaloisException(
                            ErrorCode.SYNTAX, "unknown word \"" + words[0] + "\"", text.start());
        };
    }

    private static StreamDefinition stream(String[] words) {
        Map<String, String> options = new HashMap<>();
        options.put("transport", words[2]);
        for (int i = 3; i < words.length; i++) {
            options.put(words[i].split("=")[0], words[i].split("=")[1]);
        }
        return new StreamDefinition(words[1], SCHEMA, Map.of(), -1, 0, options);
    }

    private static LogicalOp source(String name, Catalog catalog) {
        StreamDefinition stream =
                catalog.stream(name)
                        .orElseThrow(
                                () -> new GaloisException(ErrorCode.UNKNOWN_STREAM, "no " + name));
        return new LogicalOp.Source(stream.name(), stream.schema(), stream.timeField());
    }

    private static LogicalPlan query(String name, Catalog catalog) {
        Expr a = new Expr.Column(0, FieldType.DOUBLE);
        Expr condition =
                new Expr.Call(
                        Function.GREATER,
                        List.of(a, new Expr.Parameter(0, FieldType.DOUBLE)),
                        FieldType.BOOLEAN);
        Expr sum =
                new Expr.Call(
                        Function.PLUS,
                        List.of(
                                new Expr.Column(1, FieldType.BIGINT),
                                new Expr.Parameter(1, FieldType.BIGINT)),
                        FieldType.BIGINT);
        LogicalOp filter = new LogicalOp.Filter(source(name, catalog), condition);
        LogicalOp project =
                new LogicalOp.Project(
                        filter, List.of(sum), Schema.of(new Field("c", FieldType.BIGINT)));
        return new LogicalPlan(
                project,
                List.of(
                        new Expr.Literal(FieldType.DOUBLE, "1.5"),
                        new Expr.Literal(FieldType.BIGINT, "7")));
    }
}
