package galois.api.query;

import galois.api.plan.AggregateCall;
import galois.api.plan.Expr;
import galois.api.plan.JoinKind;
import galois.api.plan.JoinMode;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.api.plan.Over;
import galois.api.plan.Ranking;
import galois.api.plan.SortKey;
import galois.api.plan.Window;
import galois.batch.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text of a plan in EXPLAIN and in golden files: root first, one operator a line. */
public final class PlanText {
    private PlanText() {}

    public static String of(LogicalPlan plan) {
        StringBuilder text = new StringBuilder();
        append(text, plan.root(), plan.parameters(), 0);
        return text.toString();
    }

    private static void append(
            StringBuilder text, LogicalOp op, List<Expr.Literal> parameters, int depth) {
        text.append("  ".repeat(depth)).append(line(op, parameters)).append('\n');
        op.inputs().forEach(input -> append(text, input, parameters, depth + 1));
    }

    /** One operator without its inputs; parameters are shown by value. */
    public static String line(LogicalOp op, List<Expr.Literal> parameters) {
        if (op instanceof LogicalOp.Source source) {
            return "Source " + source.stream() + " " + source.schema();
        }
        if (op instanceof LogicalOp.Filter filter) {
            return "Filter " + expression(filter.condition(), filter.schema(), parameters);
        }
        if (op instanceof LogicalOp.Project project) {
            Schema input = project.input().schema();
            StringBuilder list = new StringBuilder("Project ");
            for (int i = 0; i < project.expressions().size(); i++) {
                String value = expression(project.expressions().get(i), input, parameters);
                String name = project.schema().field(i).name();
                list.append(i == 0 ? "" : ", ").append(value);
                list.append(value.equals(name) ? "" : " AS " + name);
            }
            return list.toString();
        }
        if (op instanceof LogicalOp.Sort sort) {
            return sort(sort);
        }
        if (op instanceof Over over) {
            return OverText.of(over);
        }
        if (op instanceof LogicalOp.Repeat repeat) {
            return "Repeat " + repeat.times() + " times";
        }
        if (op instanceof LogicalOp.Union) {
            return "Union all";
        }
        if (op instanceof LogicalOp.Join join) {
            return join(join, parameters);
        }
        if (op instanceof LogicalOp.Exchange exchange) {
            return "Exchange to "
                    + exchange.instances()
                    + " by "
                    + names(exchange.keys(), exchange.schema());
        }
        if (op instanceof LogicalOp.FinalAggregate whole) {
            return "Final " + aggregate(whole.grouping(), whole.rows());
        }
        if (op instanceof LogicalOp.PartialAggregate part) {
            return "Partial " + aggregate(part.grouping(), part.input().schema());
        }
        LogicalOp.WindowAggregate aggregate = (LogicalOp.WindowAggregate) op;
        return aggregate(aggregate, aggregate.input().schema());
    }

    private static String join(LogicalOp.Join op, List<Expr.Literal> parameters) {
        Schema both =
                LogicalOp.Join.of(op.left(), op.right(), JoinKind.INNER, op.condition()).schema();
        String text =
                kind(op.mode())
                        + op.kind().name().toLowerCase(Locale.ROOT)
                        + " "
                        + expression(op.condition(), both, parameters);
        return op.time() == null
                ? text
                : text
                        + ", kept until "
                        + op.left().schema().field(op.time().left()).name()
                        + plus(op.time().leftKeepUs())
                        + " and "
                        + op.right().schema().field(op.time().right()).name()
                        + plus(op.time().rightKeepUs());
    }

    private static String kind(JoinMode mode) {
        return switch (mode) {
            case PAIRS -> "Join ";
            case LOOKUP -> "Lookup ";
            case ASOF -> "Asof join ";
        };
    }

    private static String plus(long us) {
        return (us < 0 ? " - " : " + ") + Math.abs(us) + " us";
    }

    private static String sort(LogicalOp.Sort op) {
        Schema input = op.input().schema();
        List<String> parts = new ArrayList<>();
        if (op.timeField() >= 0) {
            String delay = op.delayUs() == 0 ? "" : " + " + op.delayUs() + " us";
            parts.add("at " + input.field(op.timeField()).name() + delay);
        }
        if (!op.partition().isEmpty()) {
            parts.add("each " + names(op.partition(), input));
        }
        if (op.ranked() > 0) {
            parts.add("by " + keys(op.order().subList(0, op.ranked()), input));
        }
        for (int i = 0; i < op.rankings().size(); i++) {
            String name = op.schema().field(input.size() + i).name();
            parts.add(op.rankings().get(i) + " AS " + name);
        }
        if (op.fetch() >= 0) {
            String by = op.cut() == Ranking.ROW_NUMBER ? "" : " by " + op.cut();
            parts.add((op.isLimit() ? "" : "limit ") + op.fetch() + by);
        }
        if (op.offset() > 0) {
            parts.add("offset " + op.offset());
        }
        return (op.isLimit() ? "Limit " : "Sort ") + String.join(", ", parts);
    }

    static String keys(List<SortKey> keys, Schema input) {
        return keys.stream()
                .map(
                        key ->
                                input.field(key.field()).name()
                                        + (key.descending() ? " DESC" : "")
                                        + (key.nullsFirst() == key.descending()
                                                ? key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"
                                                : ""))
                .collect(Collectors.joining(", "));
    }

    static String names(List<Integer> fields, Schema input) {
        return fields.stream()
                .map(field -> input.field(field).name())
                .collect(Collectors.joining(", "));
    }

    /**
     * @param rows what the arguments are fields of
     */
    private static String aggregate(LogicalOp.WindowAggregate op, Schema rows) {
        Schema input = op.input().schema();
        StringBuilder text = new StringBuilder("Aggregate");
        text.append(window(op.window(), input));
        if (!op.keys().isEmpty()) {
            text.append(
                    op.keys().stream()
                            .map(key -> input.field(key).name())
                            .collect(Collectors.joining(", ", " by ", "")));
        }
        return text
                + op.aggregates().stream()
                        .map(call -> call(call, rows))
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String window(Window window, Schema input) {
        if (window.kind() == Window.Kind.NONE) {
            return "";
        }
        if (window.kind() == Window.Kind.UPDATING) {
            String kept = window.slideUs() == 0 ? "" : ", groups kept " + window.slideUs() + " us";
            return " updating(every " + window.sizeUs() + " us" + kept + ")";
        }
        String offset = window.offsetUs() == 0 ? "" : ", offset " + window.offsetUs();
        String lengths =
                switch (window.kind()) {
                    case NONE, UPDATING -> "";
                    case TUMBLE -> ", " + window.sizeUs() + " us" + offset;
                    case HOP ->
                            ", "
                                    + window.sizeUs()
                                    + " us every "
                                    + window.slideUs()
                                    + " us"
                                    + offset;
                    case SESSION -> ", gap " + window.sizeUs() + " us";
                    case ATTACHED -> window.sizeUs() == 0 ? "" : " + " + window.sizeUs() + " us";
                };
        String kind = window.kind().name().toLowerCase(java.util.Locale.ROOT);
        String clock = window.byClock() ? " by clock" : "";
        String allowed = window.allowUs() == 0 ? "" : ", updated for " + window.allowUs() + " us";
        String field = input.field(window.timeField()).name();
        return " " + kind + clock + "(" + field + lengths + allowed + ")";
    }

    static String call(AggregateCall call, Schema input) {
        String argument = call.argument() < 0 ? "*" : input.field(call.argument()).name();
        String by = call.by() < 0 ? "" : " by " + input.field(call.by()).name();
        String option = call.option().isEmpty() ? "" : ", '" + call.option() + "'";
        String filter = call.filter() < 0 ? "" : " if " + input.field(call.filter()).name();
        String distinct = call.distinct() ? "distinct " : "";
        return call.function() + "(" + distinct + argument + by + option + ")" + filter;
    }

    /** An expression in SQL-like prefix or infix notation. */
    public static String expression(Expr expr, Schema input, List<Expr.Literal> parameters) {
        if (expr instanceof Expr.Column column) {
            return input.field(column.index()).name();
        }
        if (expr instanceof Expr.Parameter parameter) {
            return ":" + parameter.index() + "=" + literal(parameters.get(parameter.index()));
        }
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        Expr.Call call = (Expr.Call) expr;
        List<String> operands =
                call.operands().stream().map(o -> expression(o, input, parameters)).toList();
        String sign = infix(call);
        if (sign != null) {
            List<String> grouped = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                boolean isInfix =
                        call.operands().get(i) instanceof Expr.Call inner && infix(inner) != null;
                grouped.add(isInfix ? "(" + operands.get(i) + ")" : operands.get(i));
            }
            return String.join(sign, grouped);
        }
        boolean isCast =
                call.function() == galois.api.plan.Function.CAST
                        || call.function() == galois.api.plan.Function.TRY_CAST;
        String type = isCast ? " AS " + call.type() : "";
        return call.function() + "(" + String.join(", ", operands) + type + ")";
    }

    /** As SQL has it. */
    private static String literal(Expr.Literal literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        return switch (literal.type().kind()) {
            case VARCHAR -> "'" + literal.text().replace("'", "''") + "'";
            case DATE -> "DATE '" + LocalDate.ofEpochDay(literal.asLong()) + "'";
            case TIME -> "TIME '" + LocalTime.ofNanoOfDay(literal.asLong() * 1000) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + timestamp(literal.asLong()) + "'";
            case INTERVAL_DAY -> "INTERVAL '" + seconds(literal.asLong()) + "' SECOND";
            case INTERVAL_MONTH -> "INTERVAL '" + literal.text() + "' MONTH";
            default -> literal.text();
        };
    }

    private static String timestamp(long us) {
        return Instant.EPOCH
                .plus(us, ChronoUnit.MICROS)
                .toString()
                .replace('T', ' ')
                .replace("Z", "");
    }

    static String seconds(long us) {
        BigDecimal seconds = BigDecimal.valueOf(us, 6).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0).toPlainString() : seconds.toPlainString();
    }

    private static String infix(Expr.Call call) {
        return switch (call.function()) {
            case PLUS -> " + ";
            case MINUS -> " - ";
            case TIMES -> " * ";
            case DIVIDE -> " / ";
            case MOD -> " % ";
            case EQUAL -> " = ";
            case NOT_EQUAL -> " <> ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
            case AND -> " AND ";
            case OR -> " OR ";
            default -> null;
        };
    }
}
