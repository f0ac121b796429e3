package galois.compiler.ir;

import static galois.compiler.ir.WasmType.F32;
import static galois.compiler.ir.WasmType.F64;
import static galois.compiler.ir.WasmType.I32;
import static galois.compiler.ir.WasmType.I64;

import java.util.List;

/** The pure numeric instructions: what they take and what they give. */
public enum Op {
    I32_EQZ(0x45, I32, I32),
    I32_EQ(0x46, I32, I32, I32),
    I32_NE(0x47, I32, I32, I32),
    I32_LT_S(0x48, I32, I32, I32),
    I32_LT_U(0x49, I32, I32, I32),
    I32_GT_S(0x4A, I32, I32, I32),
    I32_GT_U(0x4B, I32, I32, I32),
    I32_LE_S(0x4C, I32, I32, I32),
    I32_LE_U(0x4D, I32, I32, I32),
    I32_GE_S(0x4E, I32, I32, I32),
    I32_GE_U(0x4F, I32, I32, I32),
    I64_EQZ(0x50, I32, I64),
    I64_EQ(0x51, I32, I64, I64),
    I64_NE(0x52, I32, I64, I64),
    I64_LT_S(0x53, I32, I64, I64),
    I64_LT_U(0x54, I32, I64, I64),
    I64_GT_S(0x55, I32, I64, I64),
    I64_GT_U(0x56, I32, I64, I64),
    I64_LE_S(0x57, I32, I64, I64),
    I64_LE_U(0x58, I32, I64, I64),
    I64_GE_S(0x59, I32, I64, I64),
    I64_GE_U(0x5A, I32, I64, I64),
    F64_EQ(0x61, I32, F64, F64),
    F64_NE(0x62, I32, F64, F64),
    F64_LT(0x63, I32, F64, F64),
    F64_GT(0x64, I32, F64, F64),
    F64_LE(0x65, I32, F64, F64),
    F64_GE(0x66, I32, F64, F64),
    I32_CLZ(0x67, I32, I32),
    I32_CTZ(0x68, I32, I32),
    I32_ADD(0x6A, I32, I32, I32),
    I32_SUB(0x6B, I32, I32, I32),
    I32_MUL(0x6C, I32, I32, I32),
    I32_DIV_S(0x6D, I32, I32, I32),
    I32_DIV_U(0x6E, I32, I32, I32),
    I32_REM_S(0x6F, I32, I32, I32),
    I32_REM_U(0x70, I32, I32, I32),
    I32_AND(0x71, I32, I32, I32),
    I32_OR(0x72, I32, I32, I32),
    I32_XOR(0x73, I32, I32, I32),
    I32_SHL(0x74, I32, I32, I32),
    I32_SHR_S(0x75, I32, I32, I32),
    I32_SHR_U(0x76, I32, I32, I32),
    I32_ROTL(0x77, I32, I32, I32),
    I32_ROTR(0x78, I32, I32, I32),
    I64_CLZ(0x79, I64, I64),
    I64_CTZ(0x7A, I64, I64),
    I64_ADD(0x7C, I64, I64, I64),
    I64_SUB(0x7D, I64, I64, I64),
    I64_MUL(0x7E, I64, I64, I64),
    I64_DIV_S(0x7F, I64, I64, I64),
    I64_DIV_U(0x80, I64, I64, I64),
    I64_REM_S(0x81, I64, I64, I64),
    I64_REM_U(0x82, I64, I64, I64),
    I64_AND(0x83, I64, I64, I64),
    I64_OR(0x84, I64, I64, I64),
    I64_XOR(0x85, I64, I64, I64),
    I64_SHL(0x86, I64, I64, I64),
    I64_SHR_S(0x87, I64, I64, I64),
    I64_SHR_U(0x88, I64, I64, I64),
    F64_ABS(0x99, F64, F64),
    F64_NEG(0x9A, F64, F64),
    F64_CEIL(0x9B, F64, F64),
    F64_FLOOR(0x9C, F64, F64),
    F64_TRUNC(0x9D, F64, F64),
    F64_SQRT(0x9F, F64, F64),
    F64_ADD(0xA0, F64, F64, F64),
    F64_SUB(0xA1, F64, F64, F64),
    F64_MUL(0xA2, F64, F64, F64),
    F64_DIV(0xA3, F64, F64, F64),
    I32_WRAP_I64(0xA7, I32, I64),
    I64_EXTEND_I32_S(0xAC, I64, I32),
    I64_EXTEND_I32_U(0xAD, I64, I32),
    /** Traps outside the range of i64: test first. */
    I64_TRUNC_F64_S(0xB0, I64, F64),
    F32_DEMOTE_F64(0xB6, F32, F64),
    F64_CONVERT_I64_S(0xB9, F64, I64),
    F64_CONVERT_I64_U(0xBA, F64, I64),
    F64_PROMOTE_F32(0xBB, F64, F32),
    I64_REINTERPRET_F64(0xBD, I64, F64),
    F64_REINTERPRET_I64(0xBF, F64, I64),
    /** Sign-extends the low 8 bits. */
    I64_EXTEND8_S(0xC2, I64, I64),
    /** Sign-extends the low 16 bits. */
    I64_EXTEND16_S(0xC3, I64, I64),
    /** Sign-extends the low 32 bits. */
    I64_EXTEND32_S(0xC4, I64, I64);

    private final int code;
    private final WasmType result;
    private final List<WasmType> operands;

    Op(int code, WasmType result, WasmType... operands) {
        this.code = code;
        this.result = result;
        this.operands = List.of(operands);
    }

    int code() {
        return code;
    }

    WasmType result() {
        return result;
    }

    List<WasmType> operands() {
        return operands;
    }
}
