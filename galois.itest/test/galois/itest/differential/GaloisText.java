package galois.itest.differential;

import java.util.List;
import java.util.stream.Collectors;

/** Terms as a user of GALOIS writes them. */
final class GaloisText {
    private GaloisText() {}

    static String of(Term term) {
        List<String> c = term.children().stream().map(GaloisText::of).toList();
        return switch (term.kind()) {
            case COLUMN -> term.text();
            case LITERAL ->
                    switch (term.text()) {
                        case "NULL" -> "CAST(NULL AS " + term.type() + ")";
                        default -> literal(term);
                    };
            case ARITHMETIC, COMPARE -> "(" + c.get(0) + " " + term.text() + " " + c.get(1) + ")";
            case AND -> "(" + String.join(" AND ", c) + ")";
            case OR -> "(" + String.join(" OR ", c) + ")";
            case NEGATE -> "(- " + c.get(0) + ")";
            case NOT -> "(NOT " + c.get(0) + ")";
            case IS -> "(" + c.get(0) + " " + term.text() + ")";
            case CASE -> choice(c);
            case COALESCE -> "COALESCE(" + String.join(", ", c) + ")";
            case NULLIF -> "NULLIF(" + c.get(0) + ", " + c.get(1) + ")";
            case BETWEEN -> "(" + c.get(0) + " BETWEEN " + c.get(1) + " AND " + c.get(2) + ")";
            case IN ->
                    c.subList(1, c.size()).stream()
                            .collect(Collectors.joining(", ", "(" + c.get(0) + " IN (", "))"));
            case CAST -> "CAST(" + c.get(0) + " AS " + term.type() + ")";
        };
    }

    static String literal(Term term) {
        return switch (term.type().kind()) {
            case VARCHAR -> "'" + term.text().replace("'", "''") + "'";
            case TIMESTAMP -> "TIMESTAMP '" + term.text() + "'";
            default -> term.text();
        };
    }

    static String choice(List<String> c) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < c.size(); i += 2) {
            text.append(" WHEN ").append(c.get(i)).append(" THEN ").append(c.get(i + 1));
        }
        return text.append(" ELSE ").append(c.get(c.size() - 1)).append(" END").toString();
    }
}
