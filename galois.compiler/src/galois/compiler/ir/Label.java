package galois.compiler.ir;

/** The target of a jump: the end of a block, or the beginning of a loop. Identity counts. */
public final class Label {}
