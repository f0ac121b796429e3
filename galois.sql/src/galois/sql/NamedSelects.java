package galois.sql;

import galois.api.ErrorCode;
import galois.api.query.Catalog;
import galois.api.query.QueryTemplate;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The selects that FROM may name: those of WITH, which end with the select behind them, and views.
 * Each mention becomes a copy of the select in parentheses.
 */
final class NamedSelects {
    /** Mentions in one statement: a view that names another twice doubles with each level. */
    static final int MENTIONS_MAX = 100;

    /** Views inside views. */
    static final int NESTING_MAX = 8;

    private final QueryPlaces places;
    private final Catalog catalog;
    private final Deque<Named> known = new ArrayDeque<>();
    private int mentions;

    /** The views inside which the rewriting is. */
    private final Deque<String> open = new ArrayDeque<>();

    /** A select of WITH; null columns: those it has. */
    private record Named(String name, SqlNodeList columns, SqlNode query) {}

    NamedSelects(QueryPlaces places, Catalog catalog) {
        this.places = places;
        this.catalog = catalog;
    }

    /** Makes the selects of a WITH known. */
    void open(SqlWith with) {
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (item.recursive.booleanValue()) {
                throw places.unsupported(item, "WITH RECURSIVE", "write one select for each step");
            }
            known.push(new Named(item.name.getSimple(), item.columnList, item.query));
        }
    }

    /** Forgets what {@link #open} made known. */
    void close(SqlWith with) {
        with.withList.forEach(item -> known.pop());
    }

    /**
     * What a name in FROM stands for: {@code (select) AS name(columns)}; null when it is no name of
     * a select.
     *
     * @param inside of a select of WITH, so that it sees only those before it
     */
    SqlNode find(SqlIdentifier name, UnaryOperator<SqlNode> inside) {
        if (!name.isSimple()) {
            return null;
        }
        List<Named> later = new ArrayList<>();
        Named found = null;
        while (found == null && !known.isEmpty()) {
            Named named = known.pop();
            later.add(named);
            found = named.name().equalsIgnoreCase(name.getSimple()) ? named : null;
        }
        SqlNode select = null;
        if (found != null) {
            count(name);
            select = as(name, found.columns(), inside.apply(copy(found.query(), null)));
        }
        for (int i = later.size() - 1; i >= 0; i--) {
            known.push(later.get(i));
        }
        return found == null ? view(name, inside) : select;
    }

    private SqlNode view(SqlIdentifier name, UnaryOperator<SqlNode> inside) {
        QueryTemplate view =
                catalog.stream(name.getSimple()).isPresent()
                        ? null
                        : catalog.template(name.getSimple()).orElse(null);
        if (view == null) {
            return null;
        }
        if (!view.isView()) {
            throw places.unsupported(
                    name,
                    "the template \"" + view.name() + "\" in FROM",
                    "only a view can stand there, a template is started by RUN");
        }
        count(name);
        String key = view.name().toLowerCase(Locale.ROOT);
        if (open.contains(key)) {
            throw places.error(
                    ErrorCode.UNSUPPORTED,
                    name,
                    "the view \"" + view.name() + "\" reads itself: give one of them another name");
        }
        open.push(key);
        if (open.size() > NESTING_MAX) {
            throw places.error(
                    ErrorCode.QUERY_LIMIT,
                    name,
                    "views are nested deeper than "
                            + NESTING_MAX
                            + " levels: write one of them into a stream with INSERT INTO");
        }
        Deque<Named> outside = new ArrayDeque<>(known);
        known.clear();
        TokenReader text = new TokenReader(view.body());
        QueryPlaces inView = new QueryPlaces(view.body().start(), CalciteDialect.of(text, catalog));
        SqlNode parsed = WindowValues.expand(CalciteParser.parse(inView), inView, catalog);
        SqlNode query = copy(parsed, name.getParserPosition());
        SqlNode select = as(name, null, inside.apply(query));
        known.addAll(outside);
        open.pop();
        return select;
    }

    private void count(SqlIdentifier name) {
        if (++mentions > MENTIONS_MAX) {
            throw places.error(
                    ErrorCode.QUERY_LIMIT,
                    name,
                    "the statement names views and selects of WITH more than "
                            + MENTIONS_MAX
                            + " times, those inside them included: write a part of it into a"
                            + " stream with INSERT INTO");
        }
    }

    private static SqlNode as(SqlIdentifier name, SqlNodeList columns, SqlNode query) {
        List<SqlNode> operands = new ArrayList<>(List.of(query, name));
        if (columns != null) {
            operands.addAll(columns);
        }
        return new SqlBasicCall(SqlStdOperatorTable.AS, operands, name.getParserPosition());
    }

    /**
     * A copy that shares nothing that can change.
     *
     * @param at where all of it is to be found; null: where it is
     */
    private static SqlNode copy(SqlNode node, SqlParserPos at) {
        return node.accept(new Copy(at));
    }

    private static final class Copy extends SqlShuttle {
        private final SqlParserPos at;

        Copy(SqlParserPos at) {
            this.at = at;
        }

        private SqlParserPos of(SqlNode node) {
            return at == null ? node.getParserPosition() : at;
        }

        @Override
        public SqlNode visit(SqlLiteral literal) {
            return literal.clone(of(literal));
        }

        @Override
        public SqlNode visit(SqlIdentifier name) {
            return name.clone(of(name));
        }

        @Override
        public SqlNode visit(SqlNodeList list) {
            List<SqlNode> items = new ArrayList<>();
            list.forEach(item -> items.add(item == null ? null : item.accept(this)));
            return new SqlNodeList(items, of(list));
        }

        @Override
        public SqlNode visit(SqlDataTypeSpec type) {
            return type.clone(of(type));
        }

        @Override
        public SqlNode visit(SqlDynamicParam parameter) {
            return parameter.clone(of(parameter));
        }

        @Override
        public SqlNode visit(SqlIntervalQualifier units) {
            return units.clone(of(units));
        }

        @Override
        public SqlNode visit(SqlCall call) {
            List<SqlNode> operands = new ArrayList<>();
            for (SqlNode operand : call.getOperandList()) {
                operands.add(operand == null ? null : operand.accept(this));
            }
            return call.getOperator()
                    .createCall(
                            call.getFunctionQuantifier(),
                            of(call),
                            operands.toArray(SqlNode[]::new));
        }
    }
}
