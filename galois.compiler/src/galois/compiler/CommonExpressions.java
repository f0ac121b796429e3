package galois.compiler;

import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Expressions that a stage computes more than once and that cost more than the copy of a row: the
 * stage becomes two, the first of which computes each of them once, behind the conditions that do
 * not need it. A row gives the same values and the same error.
 */
final class CommonExpressions {
    /** Most expressions that one stage shares; the rest is computed where it stands. */
    static final int SHARED_MAX = 16;

    private final Stage stage;
    private final List<Expr> conditions;
    private final List<Expr> sequence; // in the order in which a row is computed

    private CommonExpressions(Stage stage) {
        this.stage = stage;
        conditions = Expressions.conjuncts(stage.conditions());
        sequence = new ArrayList<>(conditions);
        sequence.addAll(stage.projection());
    }

    /** The stage as one or several. */
    static List<Stage> split(Stage stage) {
        return new CommonExpressions(stage).split();
    }

    private List<Stage> split() {
        Map<Expr, Integer> uses = new LinkedHashMap<>();
        sequence.forEach(expr -> count(expr, uses));
        int first = sequence.size();
        List<Expr> shared = new ArrayList<>();
        for (Map.Entry<Expr, Integer> use : uses.entrySet()) {
            int outside = use.getValue();
            for (Expr other : shared) {
                outside -= uses.get(other) * occurrences(other, use.getKey());
            }
            if (use.getValue() < 2 || outside < 1) {
                continue;
            }
            int at = firstUse(use.getKey());
            if (!mayMove(use.getKey(), at)) {
                continue;
            }
            int before = Math.min(at, conditions.size());
            if (before < first) {
                shared.clear();
                first = before;
            }
            if (before == first && shared.size() < SHARED_MAX) {
                shared.add(use.getKey());
            }
        }
        return shared.isEmpty() ? List.of(stage) : split(shared, first);
    }

    private List<Stage> split(List<Expr> shared, int first) {
        Map<Integer, Integer> columns = new TreeMap<>(); // of the input to their place
        List<Expr> rest = new ArrayList<>(sequence.subList(first, sequence.size()));
        rest.forEach(expr -> columns(expr, shared, columns));
        List<Expr> computed = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<Integer, Integer> column : columns.entrySet()) {
            column.setValue(computed.size());
            Field field = stage.input().field(column.getKey());
            computed.add(new Expr.Column(column.getKey(), field.type()));
            fields.add(field);
        }
        int places = computed.size();
        for (Expr expr : shared) {
            fields.add(new Field("$" + computed.size(), expr.type()));
            computed.add(expr);
        }
        Schema between = new Schema(fields);
        rest.replaceAll(expr -> replace(expr, shared, places, columns));
        int left = conditions.size() - first;
        List<Stage> stages = new ArrayList<>();
        stages.addAll(
                split(new Stage(stage.input(), conditions.subList(0, first), computed, between)));
        stages.addAll(
                split(
                        new Stage(
                                between,
                                rest.subList(0, left),
                                rest.subList(left, rest.size()),
                                stage.output())));
        return stages;
    }

    /** Costly calls with how often each is written, the outer ones first. */
    private static void count(Expr expr, Map<Expr, Integer> uses) {
        if (expr instanceof Expr.Call call) {
            if (isCostly(call)) {
                uses.merge(call, 1, Integer::sum);
            }
            call.operands().forEach(operand -> count(operand, uses));
        }
    }

    /** More work than to copy a row: a library function or text made or read somewhere inside. */
    private static boolean isCostly(Expr.Call call) {
        boolean isSmall = Weight.of(call, Set.of()) <= Stage.REPEAT_WEIGHT_MAX;
        return !isSmall && containsFunction(call);
    }

    private static boolean containsFunction(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return false;
        }
        boolean isText =
                call.function() == Function.CAST
                        && (call.type() == FieldType.VARCHAR
                                || call.operands().get(0).type() == FieldType.VARCHAR);
        return isText
                || call.function().isScalar()
                || call.operands().stream().anyMatch(CommonExpressions::containsFunction);
    }

    private int firstUse(Expr expr) {
        int at = 0;
        while (!contains(sequence.get(at), expr)) {
            at++;
        }
        return at;
    }

    private static int occurrences(Expr whole, Expr part) {
        return whole.equals(part)
                ? 1
                : Expressions.operands(whole).stream().mapToInt(o -> occurrences(o, part)).sum();
    }

    private static boolean contains(Expr whole, Expr part) {
        return whole.equals(part)
                || Expressions.operands(whole).stream().anyMatch(o -> contains(o, part));
    }

    /**
     * True when some row that reaches the first use computes it, and when an error would come at
     * the same time: nothing that may fail comes before.
     */
    private boolean mayMove(Expr expr, int at) {
        if (!Expressions.canFail(expr)) {
            return sequence.subList(at, sequence.size()).stream()
                    .anyMatch(user -> isAlwaysComputed(user, expr));
        }
        int before = Math.min(at, conditions.size());
        boolean isFirst = sequence.subList(before, at).stream().noneMatch(Expressions::canFail);
        return isFirst && isComputedFirst(sequence.get(at), expr);
    }

    /** NULL apart, the value of {@code whole} needs that of {@code part}. */
    private static boolean isAlwaysComputed(Expr whole, Expr part) {
        if (whole.equals(part)) {
            return true;
        }
        if (!(whole instanceof Expr.Call call) || call.operands().isEmpty()) {
            return false;
        }
        return switch (call.function()) {
            case AND, OR, CASE, COALESCE -> isAlwaysComputed(call.operands().get(0), part);
            default -> call.operands().stream().anyMatch(o -> isAlwaysComputed(o, part));
        };
    }

    /** Whatever the row, {@code part} is the first thing that {@code whole} computes. */
    private static boolean isComputedFirst(Expr whole, Expr part) {
        return whole.equals(part)
                || whole instanceof Expr.Call call
                        && call.function() != Function.TRY
                        && !call.operands().isEmpty()
                        && isComputedFirst(call.operands().get(0), part);
    }

    private static void columns(Expr expr, List<Expr> shared, Map<Integer, Integer> columns) {
        if (shared.contains(expr)) {
            return;
        }
        if (expr instanceof Expr.Column column) {
            columns.put(column.index(), 0);
        }
        Expressions.operands(expr).forEach(operand -> columns(operand, shared, columns));
    }

    private static Expr replace(
            Expr expr, List<Expr> shared, int places, Map<Integer, Integer> columns) {
        int known = shared.indexOf(expr);
        if (known >= 0) {
            return new Expr.Column(places + known, expr.type());
        }
        if (expr instanceof Expr.Column column) {
            return new Expr.Column(columns.get(column.index()), column.type());
        }
        if (expr instanceof Expr.Call call) {
            List<Expr> operands =
                    call.operands().stream()
                            .map(operand -> replace(operand, shared, places, columns))
                            .toList();
            return new Expr.Call(call.function(), operands, call.type());
        }
        return expr;
    }
}
