/**
 * The bytes that travel: row batches, wire frames and the contract between a node and a kernel.
 *
 * <p>A row batch has one layout in Wasm memory, on the wire and in the log, so that moving data is
 * a copy and never a conversion. The exact layout is documented for other toolchains in {@code
 * docs/abi.md}.
 */
@Export
@Version("1.0.0")
package galois.batch;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
