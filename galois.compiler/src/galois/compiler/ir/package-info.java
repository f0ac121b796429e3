/**
 * A small typed language that becomes WebAssembly: expressions, structured control flow, functions,
 * one memory. Kernels and their runtime library are written in it; no operator knows an opcode.
 */
package galois.compiler.ir;
