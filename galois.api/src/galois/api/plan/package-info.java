/**
 * The logical algebra: what a query means, as immutable records that also travel as JSON. No
 * planner library shows through.
 */
@Export
@Version("1.0.0")
package galois.api.plan;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
