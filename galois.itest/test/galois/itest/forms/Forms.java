package galois.itest.forms;

import static galois.batch.FieldType.BOOLEAN;
import static galois.batch.FieldType.INTERVAL_DAY;
import static galois.batch.FieldType.INTERVAL_MONTH;

import galois.batch.FieldType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every function and operator that another engine has too, by its result. */
final class Forms {
    private static final List<Form> ALL = all();

    private Forms() {}

    private static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        forms.addAll(NumberForms.all());
        forms.addAll(TextForms.all());
        forms.addAll(TimeForms.all());
        for (FieldType type : Values.TYPES) {
            any(forms, type);
        }
        logic(forms);
        return List.copyOf(forms);
    }

    /** What there is for every type. */
    private static void any(List<Form> forms, FieldType type) {
        forms.add(Form.same(type, "CASE WHEN {0} THEN {1} ELSE {2} END", BOOLEAN, type, type));
        forms.add(Form.same(type, "CASE WHEN {0} THEN {1} END", BOOLEAN, type));
        forms.add(Form.same(type, "COALESCE({0}, {1})", type, type));
        forms.add(Form.same(BOOLEAN, "({0} IS NULL)", type));
        forms.add(Form.same(BOOLEAN, "({0} IS NOT NULL)", type));
        forms.add(Form.same(type, "NULLIF({0}, {1})", type, type));
        for (String sign : List.of("=", "<>", "<", "<=", ">", ">=")) {
            forms.add(Form.same(BOOLEAN, "({0} " + sign + " {1})", type, type));
        }
        forms.add(Form.same(BOOLEAN, "({0} IN ({1}, {2}))", type, type, type));
        forms.add(Form.same(BOOLEAN, "({0} NOT IN ({1}, {2}))", type, type, type));
        forms.add(Form.same(BOOLEAN, "({0} BETWEEN {1} AND {2})", type, type, type));
        forms.add(Form.same(BOOLEAN, "({0} NOT BETWEEN {1} AND {2})", type, type, type));
        forms.add(Form.same(BOOLEAN, "({0} IS DISTINCT FROM {1})", type, type));
        forms.add(Form.same(BOOLEAN, "({0} IS NOT DISTINCT FROM {1})", type, type));
        if (type != BOOLEAN && type != INTERVAL_DAY && type != INTERVAL_MONTH) {
            for (String name : List.of("GREATEST", "LEAST")) {
                String call = name + "({0}, {1})";
                String strict =
                        "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN " + call + " END";
                forms.add(Form.of(type, call, strict, strict, type, type));
            }
        }
    }

    private static void logic(List<Form> forms) {
        forms.add(Form.same(BOOLEAN, "({0} AND {1})", BOOLEAN, BOOLEAN));
        forms.add(Form.same(BOOLEAN, "({0} OR {1})", BOOLEAN, BOOLEAN));
        forms.add(Form.same(BOOLEAN, "({0} AND {1} AND {2})", BOOLEAN, BOOLEAN, BOOLEAN));
        forms.add(Form.same(BOOLEAN, "(NOT {0})", BOOLEAN));
        for (String test : List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "UNKNOWN")) {
            String duck = test.equals("UNKNOWN") ? "({0} IS NULL)" : null;
            String text = "({0} IS " + test + ")";
            forms.add(Form.of(BOOLEAN, text, text, duck == null ? text : duck, BOOLEAN));
        }
    }

    /** Those that an engine has, by the type of the result. */
    static Map<FieldType, List<Form>> of(Dialect dialect) {
        Map<FieldType, List<Form>> forms = new HashMap<>();
        for (Form form : ALL) {
            if (form.isFor(dialect)) {
                forms.computeIfAbsent(form.type(), type -> new ArrayList<>()).add(form);
            }
        }
        return forms;
    }
}
