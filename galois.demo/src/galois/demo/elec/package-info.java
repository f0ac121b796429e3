/** Rows of the ELEC data set: from a file, or made up in its image. */
package galois.demo.elec;
