/** Which operator runs on which node: strategies, chosen by name. */
@Export
@Version("1.0.0")
package galois.api.placement;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
