package galois.bench.flink;

import galois.bench.SensorRows;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;

/** One row that moves over the arrays of the rows: nothing is built or copied to emit a row. */
final class SensorRow implements RowData {
    private final SensorRows rows;
    private final StringData[] names;
    private int at;
    private long shiftUs;

    SensorRow(SensorRows rows) {
        this.rows = rows;
        names = new StringData[SensorRows.SENSORS];
        for (int i = 0; i < names.length; i++) {
            names[i] = StringData.fromString(SensorRows.name(i));
        }
    }

    /** Stands for that row, later by so many microseconds. */
    void move(int row, long laterUs) {
        at = row;
        shiftUs = laterUs;
    }

    @Override
    public int getArity() {
        return 4;
    }

    @Override
    public RowKind getRowKind() {
        return RowKind.INSERT;
    }

    @Override
    public void setRowKind(RowKind kind) {
        if (kind != RowKind.INSERT) {
            throw new UnsupportedOperationException(kind.toString());
        }
    }

    @Override
    public boolean isNullAt(int field) {
        return false;
    }

    @Override
    public long getLong(int field) {
        // The last column is the side of a join.
        return field == 3 ? at & 1 : SensorRows.number(rows.sensor()[at]);
    }

    @Override
    public double getDouble(int field) {
        return rows.value()[at];
    }

    @Override
    public StringData getString(int field) {
        return names[rows.sensor()[at]];
    }

    @Override
    public TimestampData getTimestamp(int field, int precision) {
        return TimestampData.fromEpochMillis((rows.timeUs()[at] + shiftUs) / 1_000);
    }

    @Override
    public boolean getBoolean(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte getByte(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public short getShort(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getInt(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public float getFloat(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DecimalData getDecimal(int field, int precision, int scale) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> RawValueData<T> getRawValue(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getBinary(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ArrayData getArray(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MapData getMap(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RowData getRow(int field, int fields) {
        throw new UnsupportedOperationException();
    }
}
