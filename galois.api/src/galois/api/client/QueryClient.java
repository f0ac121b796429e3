package galois.api.client;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/**
 * Runs statements as a client of the global manager: the command line, the demo and tests go
 * through it. A service. Thread safe.
 */
@ProviderType
public interface QueryClient {
    /**
     * Takes an address on the bus and waits until the global manager is there.
     *
     * @throws galois.api.GaloisException UNREACHABLE after ten seconds
     */
    ClientSession open(ClientSession.Listener listener);

    /**
     * The queries that sessions of this runtime started, oldest first; old ended ones are
     * forgotten.
     */
    List<QuerySnapshot> queries();
}
