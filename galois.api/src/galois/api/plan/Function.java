package galois.api.plan;

/**
 * The scalar functions of the algebra. Operands of arithmetic and comparison have been brought to
 * one type by CASTs; a function returns NULL when an operand is NULL, unless said otherwise.
 */
public enum Function {
    PLUS,
    MINUS,
    TIMES,
    /** Integer operands truncate toward zero; integer division by zero is a row error. */
    DIVIDE,
    /** Remainder with the sign of the dividend. */
    MOD,
    NEGATE,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** Three-valued; any number of operands. */
    AND,
    /** Three-valued; any number of operands. */
    OR,
    NOT,
    /** Never NULL. */
    IS_NULL,
    /** Never NULL. */
    IS_NOT_NULL,
    /** Never NULL. */
    IS_TRUE,
    /** Never NULL. */
    IS_FALSE,
    /** Never NULL. */
    IS_NOT_TRUE,
    /** Never NULL. */
    IS_NOT_FALSE,
    /** (condition, value)..., else value; a NULL condition is not true. */
    CASE,
    /** The first operand that is not NULL. */
    COALESCE,
    /** Converts to the type of the call; a value that does not convert is a row error. */
    CAST
}
