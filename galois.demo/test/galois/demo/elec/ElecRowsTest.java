package galois.demo.elec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.GaloisException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class ElecRowsTest {
    @TempDir Path folder;

    private static List<ElecRow> all(ElecRows rows) {
        List<ElecRow> list = new ArrayList<>();
        for (ElecRow row = rows.next(); row != null; row = rows.next()) {
            list.add(row);
        }
        return list;
    }

    @Test
    void equalSeedsGiveEqualRowsOfTheWholeDataSet() {
        List<ElecRow> rows = all(new GeneratedRows(7, ElecRow.ROWS));
        assertEquals(ElecRow.ROWS, rows.size());
        assertEquals(rows, all(new GeneratedRows(7, ElecRow.ROWS)));
        assertEquals("2", rows.get(0).value("day"));
        assertEquals("1.000000", rows.get(ElecRow.ROWS - 1).value("date"));
        for (ElecRow row : rows) {
            for (String value : row.values()) {
                double number = Double.parseDouble(value);
                assertTrue(number >= 0 && number <= 7, row::json);
            }
        }
    }

    @Test
    void writesTheMessage() {
        ElecRow row = new ElecRow(1, List.of("0.5", "3", "1e-3", "", "NaN", "x\"y", "01", "-2"));
        assertEquals(
                "{\"date\":0.5,\"day\":3,\"period\":1e-3,\"nswprice\":null,\"nswdemand\":\"NaN\","
                        + "\"vicprice\":\"x\\\"y\",\"vicdemand\":\"01\",\"transfer\":-2,"
                        + "\"n\":1,\"ts\":\"1996-05-07T00:30:00Z\"}",
                row.json());
    }

    @Test
    void readsAFileWhoseColumnsAreInAnyOrder() throws Exception {
        Path file = folder.resolve("e.csv");
        Files.writeString(
                file,
                "class,transfer,date,day,period,nswprice,nswdemand,vicprice,vicdemand\n"
                        + "1,8,1,2,3,4,5,6,7\n\n0,80,10,20,30,40\n");
        try (FileRows rows = new FileRows(file, 10)) {
            assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), rows.next().values());
            assertEquals("", rows.next().value("vicdemand"));
            assertNull(rows.next());
        }
    }

    @Test
    void namesTheColumnThatIsMissing() throws Exception {
        Path file = Files.writeString(folder.resolve("e.csv"), "date,day\n");
        GaloisException e = assertThrows(GaloisException.class, () -> new FileRows(file, 1));
        assertTrue(e.getMessage().contains("no column \"period\""), e.getMessage());
    }
}
