/** A client of the global manager in this runtime. */
package galois.shell.client;
