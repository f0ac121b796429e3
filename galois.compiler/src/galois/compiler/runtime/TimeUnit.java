package galois.compiler.runtime;

/** Units and fields of time, as plans name them. */
public enum TimeUnit {
    MICROSECOND(1, 0),
    MILLISECOND(1000, 0),
    SECOND(Calendar.SECOND_US, 0),
    MINUTE(60 * Calendar.SECOND_US, 0),
    HOUR(3600 * Calendar.SECOND_US, 0),
    DAY(Calendar.DAY_US, 0),
    /** From Monday; as a field the ISO week, 1 to 53. */
    WEEK(7 * Calendar.DAY_US, 0),
    MONTH(0, 1),
    QUARTER(0, 3),
    YEAR(0, 12),
    DECADE(0, 120),
    CENTURY(0, 1200),
    MILLENNIUM(0, 12_000),
    /** A field only: 1 Sunday to 7 Saturday. */
    DOW(0, 0),
    /** A field only: 1 Monday to 7 Sunday. */
    ISODOW(0, 0),
    /** A field only: day of the year from 1. */
    DOY(0, 0),
    /** A field only: the year that the ISO week belongs to. */
    ISOYEAR(0, 0),
    /** A field only: seconds since 1970. */
    EPOCH(0, 0);

    private final long us;
    private final long months;

    TimeUnit(long us, long months) {
        this.us = us;
        this.months = months;
    }

    /** Length in microseconds; 0 when it has none that is fixed. */
    public long us() {
        return us;
    }

    /** Length in months; 0 when it is not of months. */
    public long months() {
        return months;
    }

    /** True for fields of the time of the day. */
    public boolean isTime() {
        return us > 0 && us < Calendar.DAY_US;
    }
}
