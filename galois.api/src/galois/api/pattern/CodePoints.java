package galois.api.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of code points: ranges in ascending order, apart from each other. */
record CodePoints(List<int[]> ranges) {
    static final CodePoints ANY = new CodePoints(List.of(new int[] {0, Character.MAX_CODE_POINT}));

    static final CodePoints NONE = new CodePoints(List.of());

    static CodePoints range(int first, int last) {
        return new CodePoints(List.of(new int[] {first, last}));
    }

    static CodePoints of(String characters) {
        CodePoints all = NONE;
        for (int point : characters.codePoints().toArray()) {
            all = all.plus(range(point, point));
        }
        return all;
    }

    CodePoints plus(CodePoints other) {
        List<int[]> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        all.sort(Comparator.comparingInt(range -> range[0]));
        List<int[]> merged = new ArrayList<>();
        for (int[] range : all) {
            int[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range[0] <= last[1] + 1) {
                last[1] = Math.max(last[1], range[1]);
            } else {
                merged.add(range.clone());
            }
        }
        return new CodePoints(merged);
    }

    CodePoints complement() {
        List<int[]> gaps = new ArrayList<>();
        int next = 0;
        for (int[] range : ranges) {
            if (range[0] > next) {
                gaps.add(new int[] {next, range[0] - 1});
            }
            next = range[1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps.add(new int[] {next, Character.MAX_CODE_POINT});
        }
        return new CodePoints(gaps);
    }

    /** With the other case of every letter. */
    CodePoints ignoringCase() {
        CodePoints all = this;
        for (int[] range : ranges) {
            for (int p = range[0]; p <= Math.min(range[1], CaseMapping.END); p++) {
                int upper = CaseMapping.upper(p);
                int lower = CaseMapping.lower(p);
                if (upper != p) {
                    all = all.plus(range(upper, upper));
                }
                if (lower != p) {
                    all = all.plus(range(lower, lower));
                }
            }
        }
        return all;
    }
}
