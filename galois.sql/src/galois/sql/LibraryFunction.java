package galois.sql;

import galois.api.plan.Function;
import galois.batch.FieldType;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

import java.util.ArrayList;
import java.util.List;

/** A function of ours as Calcite sees it: opaque to its rules, typed by a {@link Signature}. */
final class LibraryFunction extends SqlFunction {
    private final transient Function function;
    private final transient List<Signature> signatures;
    private final String description;

    LibraryFunction(
            Function function, String name, List<Signature> signatures, String description) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
        this.signatures = List.copyOf(signatures);
        this.description = description;
    }

    /** Arguments that do not fit; the message is for the user. */
    static final class Mismatch extends CalciteException {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message, null);
        }
    }

    Function function() {
        return function;
    }

    List<Signature> signatures() {
        return signatures;
    }

    /** One line for people. */
    String description() {
        return description;
    }

    /** The row decides, not the operands: such a call must stay with its row. */
    @Override
    public boolean isDeterministic() {
        return function != Function.EVENT_TIME && function != Function.ARRIVAL_TIME;
    }

    /**
     * The types of a call.
     *
     * @param arguments {@code null} for one that is NULL
     * @return {@code null} when they do not fit
     */
    Signature.Types resolve(List<FieldType> arguments) {
        for (Signature signature : signatures) {
            Signature.Types types = signature.resolve(arguments);
            if (types != null) {
                return types;
            }
        }
        return null;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        List<FieldType> arguments = new ArrayList<>();
        boolean nullable = function == Function.REGEXP_EXTRACT;
        for (SqlNode operand : call.getOperandList()) {
            RelDataType type = validator.deriveType(scope, operand);
            arguments.add(SqlTypes.from(type));
            nullable |= type.isNullable();
        }
        Signature.Types types = resolve(arguments);
        if (types == null) {
            throw mismatch(call, arguments);
        }
        RelDataType result = SqlTypes.of(types.result(), nullable);
        validator.setValidatedNodeType(call, result);
        return result;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        List<FieldType> arguments = new ArrayList<>();
        boolean nullable = function == Function.REGEXP_EXTRACT;
        for (RelDataType type : binding.collectOperandTypes()) {
            arguments.add(SqlTypes.from(type));
            nullable |= type.isNullable();
        }
        return SqlTypes.of(resolve(arguments).result(), nullable);
    }

    private CalciteContextException mismatch(SqlCall call, List<FieldType> arguments) {
        List<String> found = new ArrayList<>();
        arguments.forEach(type -> found.add(type == null ? "NULL" : type.toString()));
        List<String> forms = signatures.stream().map(s -> getName() + s.described()).toList();
        SqlParserPos at = call.getParserPosition();
        String message =
                Messages.oneOf(forms)
                        + " is called with ("
                        + String.join(", ", found)
                        + "): use CAST to bring the arguments to these types";
        return new CalciteContextException(
                message,
                new Mismatch(message),
                at.getLineNum(),
                at.getColumnNum(),
                at.getEndLineNum(),
                at.getEndColumnNum());
    }
}
