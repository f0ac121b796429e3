/** What a node offers to the roles that run on it, and what it reports about them. */
@Export
@Version("1.0.0")
package galois.api.node;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
