package galois.sql;

import galois.api.query.Catalog;
import galois.api.query.QueryLanguage;
import galois.api.query.SourceText;
import galois.api.query.Statement;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.util.List;

/** SQL: our own statements, and selects as Calcite's parser and validator understand them. */
@Component(property = "name=sql")
public final class CalciteSql implements QueryLanguage {
    private final SelectPlanner selects = new SelectPlanner();
    private final Warmup warmup;

    @Activate
    public CalciteSql() {
        warmup = Warmup.start("sql", () -> parseNow(Warmup.QUERY, Warmup.CATALOG));
    }

    /** Without a thread when {@code warmup} is {@link Warmup#NONE}. */
    CalciteSql(Warmup warmup) {
        this.warmup = warmup;
    }

    @Override
    public List<SourceText> split(String script) {
        return ScriptSplitter.split(script);
    }

    @Override
    public Statement parse(SourceText statement, Catalog catalog) {
        warmup.await();
        return parseNow(statement, catalog);
    }

    private Statement parseNow(SourceText statement, Catalog catalog) {
        Limits.checkText(statement.text(), statement.start());
        return new StatementParser(statement, catalog, selects).parse();
    }
}
