package galois.api.io;

import galois.api.plan.StreamDefinition;

/**
 * What a decoder is made for.
 *
 * @param stream schema, metadata columns and options ({@code header}, {@code delimiter}, {@code
 *     end_field}, ...)
 * @param framed true when each {@code feed} is one whole message; false for a byte stream (file)
 */
public record DecoderRequest(StreamDefinition stream, boolean framed) {}
