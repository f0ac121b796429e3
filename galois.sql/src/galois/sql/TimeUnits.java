package galois.sql;

import galois.api.ErrorCode;

import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Units of time as queries write them, and as plans name them. */
final class TimeUnits {
    /** What a time can be rounded to. */
    private static final List<String> ROUNDABLE =
            List.of(
                    "MICROSECOND",
                    "MILLISECOND",
                    "SECOND",
                    "MINUTE",
                    "HOUR",
                    "DAY",
                    "WEEK",
                    "MONTH",
                    "QUARTER",
                    "YEAR",
                    "DECADE");

    private static final List<String> LONGER = List.of("CENTURY", "MILLENNIUM");

    /** Fields that are no length of time. */
    private static final List<String> FIELDS = List.of("DOW", "ISODOW", "DOY", "ISOYEAR", "EPOCH");

    private static final Map<String, String> ALIASES =
            Map.of(
                    "DAYOFWEEK", "DOW",
                    "DAYOFYEAR", "DOY",
                    "DAYOFMONTH", "DAY",
                    "ISOWEEK", "WEEK",
                    "ISODAYOFWEEK", "ISODOW",
                    "CENTURIES", "CENTURY",
                    "SQL_TSI_SECOND", "SECOND");

    /** What a unit is for. */
    enum Use {
        FIELD,
        ROUNDING,
        LENGTH
    }

    private TimeUnits() {}

    /** Functions that are fields: YEAR(ts) is EXTRACT(YEAR FROM ts). */
    static final Map<String, String> FUNCTIONS = functions();

    private static Map<String, String> functions() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String unit :
                List.of("YEAR", "QUARTER", "MONTH", "WEEK", "HOUR", "MINUTE", "SECOND")) {
            map.put(unit, unit);
        }
        map.put("DAY", "DAY");
        map.put("DAYOFMONTH", "DAY");
        map.put("DAYOFWEEK", "DOW");
        map.put("DAYOFYEAR", "DOY");
        return map;
    }

    /** The name that plans have for a unit. */
    static String of(QueryPlaces places, SqlNode node, Use use) {
        String word = word(node);
        String singular =
                word.endsWith("S") && !word.endsWith("TOUS")
                        ? word.substring(0, word.length() - 1)
                        : word;
        String name = ALIASES.getOrDefault(word, singular);
        boolean fits =
                ROUNDABLE.contains(name)
                        || use != Use.ROUNDING && LONGER.contains(name)
                        || use == Use.FIELD && FIELDS.contains(name);
        if (fits) {
            return name;
        }
        String known = String.join(", ", ROUNDABLE);
        if (use != Use.ROUNDING) {
            known += ", " + String.join(", ", LONGER);
        }
        if (use == Use.FIELD) {
            known += ", " + String.join(", ", FIELDS);
        }
        throw places.error(
                ErrorCode.TYPE_MISMATCH,
                node,
                "'" + Messages.shorten(word) + "' is no unit of time here: units are " + known);
    }

    private static String word(SqlNode node) {
        String word;
        if (node instanceof SqlIntervalQualifier qualifier) {
            word =
                    qualifier.timeFrameName != null
                            ? qualifier.timeFrameName
                            : qualifier.timeUnitRange.name();
        } else if (node instanceof SqlCharStringLiteral text) {
            word = text.getValueAs(String.class);
        } else if (node instanceof SqlIdentifier name && name.isSimple()) {
            word = name.getSimple();
        } else {
            word = node.toString();
        }
        return word.toUpperCase(Locale.ROOT).trim();
    }
}
