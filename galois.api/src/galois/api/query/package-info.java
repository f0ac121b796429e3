/** From text to plan: query languages and logical optimisers, chosen by name. */
@Export
@Version("1.0.0")
package galois.api.query;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
