package galois.sql;

import galois.api.ErrorCode;
import galois.api.plan.Expr;
import galois.api.plan.LogicalPlan;
import galois.api.plan.StreamDefinition;
import galois.batch.Field;

import java.util.ArrayList;
import java.util.List;

/**
 * Where {@code INSERT INTO stream (columns)} writes.
 *
 * @param columns index in the target of each column of the select
 */
record InsertTarget(StreamDefinition stream, List<Integer> columns) {
    static InsertTarget parse(TokenReader in, Token name, StreamDefinition stream) {
        List<Integer> columns = new ArrayList<>();
        boolean hasList = in.peek().isSymbol("(") && !isQuery(in.peekSecond());
        if (!hasList) {
            for (int i = 0; i < stream.schema().size(); i++) {
                columns.add(i);
            }
            return new InsertTarget(stream, columns);
        }
        in.take();
        do {
            Token column = in.expectName("a column of \"" + name.value() + "\"");
            int index = stream.schema().indexOf(column.value());
            if (index < 0) {
                throw in.error(
                        ErrorCode.UNKNOWN_COLUMN,
                        column,
                        QueryErrors.unknownColumn(column.value(), stream.schema()));
            }
            if (columns.contains(index)) {
                throw in.error(
                        ErrorCode.DUPLICATE_NAME,
                        column,
                        "the column \"" + column.value() + "\" is there twice");
            }
            columns.add(index);
        } while (in.takeSymbol(","));
        in.expectSymbol(")");
        return new InsertTarget(stream, columns);
    }

    private static boolean isQuery(Token token) {
        return token.isWord("SELECT") || token.isWord("WITH") || token.isSymbol("(");
    }

    /** The plan with the target's columns: names, types, and NULL for columns not written. */
    LogicalPlan fit(LogicalPlan plan, Token select, TokenReader in) {
        int count = plan.root().schema().size();
        if (count != columns.size()) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    select,
                    "columns of the select: " + count + ", of the target: " + columns.size());
        }
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < stream.schema().size(); i++) {
            Field field = stream.schema().field(i);
            int from = columns.indexOf(i);
            outputs.add(
                    from < 0
                            ? new Expr.Literal(field.type(), null)
                            : column(plan, from, field, select, in));
        }
        return new LogicalPlan(
                Projections.project(plan.root(), outputs, stream.schema()), plan.parameters());
    }

    private Expr column(LogicalPlan plan, int from, Field to, Token select, TokenReader in) {
        Field field = plan.root().schema().field(from);
        boolean isWidening =
                field.type().isNumeric()
                        && to.type().isNumeric()
                        && field.type().kind().compareTo(to.type().kind()) < 0;
        if (field.type() != to.type() && !isWidening) {
            throw in.error(
                    ErrorCode.TYPE_MISMATCH,
                    select,
                    "column "
                            + (from + 1)
                            + " of the select (\""
                            + field.name()
                            + "\") is "
                            + field.type()
                            + ", \""
                            + to.name()
                            + "\" of \""
                            + stream.name()
                            + "\" is "
                            + to.type()
                            + ": use CAST");
        }
        return Exprs.cast(new Expr.Column(from, field.type()), to.type());
    }
}
