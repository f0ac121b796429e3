/** Contracts shared by every bundle: errors, clocks and the text of a source position. */
@Export
@Version("1.0.0")
package galois.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
