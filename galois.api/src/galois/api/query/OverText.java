package galois.api.query;

import galois.api.plan.Over;
import galois.api.plan.OverCall;
import galois.api.plan.OverFrame;
import galois.batch.Schema;

import java.util.ArrayList;
import java.util.List;

/** The text of an {@link Over} in a plan. */
final class OverText {
    private OverText() {}

    static String of(Over op) {
        Schema input = op.input().schema();
        List<String> parts = new ArrayList<>();
        if (op.timeField() >= 0) {
            String delay = op.delayUs() == 0 ? "" : " + " + op.delayUs() + " us";
            String how = op.goesOn() ? "in time of " : "at ";
            parts.add(how + input.field(op.timeField()).name() + delay);
        }
        if (!op.partition().isEmpty()) {
            parts.add("each " + PlanText.names(op.partition(), input));
        }
        if (!op.order().isEmpty()) {
            parts.add("by " + PlanText.keys(op.order(), input));
        }
        if (op.first() > 1 || op.every() > 1) {
            parts.add("from row " + op.first() + " every " + op.every());
        }
        for (int i = 0; i < op.calls().size(); i++) {
            String name = op.schema().field(input.size() + i).name();
            parts.add(call(op.calls().get(i), input) + " AS " + name);
        }
        return "Over " + String.join(", ", parts);
    }

    private static String call(OverCall call, Schema input) {
        String frame = call.function().isOfFrame() ? frame(call.frame()) : "";
        if (call.aggregate() != null) {
            return PlanText.call(call.aggregate(), input) + frame;
        }
        String argument = call.argument() < 0 ? "" : input.field(call.argument()).name();
        String offset = call.offset() == 0 ? "" : ", " + call.offset();
        return call.function() + "(" + argument + offset + ")" + frame;
    }

    private static String frame(OverFrame frame) {
        if (frame.equals(OverFrame.USUAL)) {
            return "";
        }
        if (frame.equals(OverFrame.ALL)) {
            return " of all";
        }
        boolean isRows = frame.isRows();
        String from = frame.isFromFirst() ? "the first" : bound(frame.preceding(), isRows, "ahead");
        String to =
                frame.following() == OverFrame.UNBOUNDED
                        ? "the last"
                        : frame.following() == 0
                                ? isRows ? "this" : "equals"
                                : bound(frame.following(), isRows, "behind");
        return " of " + (isRows ? "rows" : "times") + " " + from + " to " + to;
    }

    private static String bound(long distance, boolean isRows, String where) {
        String other = where.equals("ahead") ? "behind" : "ahead";
        String amount =
                isRows ? String.valueOf(Math.abs(distance)) : PlanText.seconds(distance) + " s";
        return distance == 0 ? "this" : amount + " " + (distance < 0 ? other : where);
    }
}
