/**
 * Patterns of text: LIKE, SIMILAR TO and regular expressions as programs and as automata over the
 * bytes of UTF-8. The SQL front end checks patterns with it, the compiler makes tables of them.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package galois.api.pattern;
