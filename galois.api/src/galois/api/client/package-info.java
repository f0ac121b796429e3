/** The way in for people and programs of the same runtime: run statements, take results, watch. */
@Export
@Version("1.0.0")
package galois.api.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
