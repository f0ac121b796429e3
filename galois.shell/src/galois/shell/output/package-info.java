/** How results look, and how they get out without filling memory. */
package galois.shell.output;
