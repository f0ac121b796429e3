/** From plan to running code: the compiler and the sandbox that runs its kernels. */
@Export
@Version("1.0.0")
package galois.api.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
