/**
 * What kernels share: memory, strings, numbers as text, output rows, keyed tables; written in the
 * IR.
 */
package galois.compiler.runtime;
