package galois.api.query;

import galois.api.TextPosition;

/**
 * One statement of a script, without its semicolon.
 *
 * @param text as written, comments included
 * @param start where it begins in the script: errors are reported relative to the script
 */
public record SourceText(String text, TextPosition start) {}
