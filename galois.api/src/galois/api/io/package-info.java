/** The outside world and the wire: connectors, formats and the transport between nodes. */
@Export
@Version("1.0.0")
package galois.api.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
