/**
 * The control plane: messages between clients, managers and nodes, and the bus that carries them.
 */
@Export
@Version("1.0.0")
package galois.api.control;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
