package galois.launcher;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** Felix prints to standard output by itself; that belongs to the results of queries. */
final class FelixLog extends Logger {
    private final org.slf4j.Logger log = LoggerFactory.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // Felix declares it raw
    protected void doLog(
            Bundle bundle, ServiceReference reference, int level, String message, Throwable error) {
        String text = bundle == null ? message : bundle.getSymbolicName() + ": " + message;
        switch (level) {
            case LOG_ERROR -> log.error(text, error);
            case LOG_WARNING -> log.warn(text, error);
            case LOG_INFO -> log.info(text, error);
            default -> log.debug(text, error);
        }
    }
}
