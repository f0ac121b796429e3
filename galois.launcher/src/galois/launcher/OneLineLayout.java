package galois.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * {@code 12:30:05 WARN galois.transport.mqtt: message (cause)}; stack traces only when asked for.
 */
final class OneLineLayout extends LayoutBase<ILoggingEvent> {
    private final boolean brief;

    OneLineLayout(boolean brief) {
        this.brief = brief;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        Instant at = Instant.ofEpochMilli(event.getTimeStamp());
        StringBuilder line = new StringBuilder();
        line.append(
                LocalTime.ofInstant(at, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
        line.append(' ').append(event.getLevel()).append(' ').append(event.getLoggerName());
        line.append(": ").append(event.getFormattedMessage());
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null && brief) {
            while (error.getCause() != null) {
                error = error.getCause();
            }
            line.append(" (").append(error.getClassName());
            line.append(error.getMessage() == null ? "" : ": " + error.getMessage()).append(')');
        } else if (error != null) {
            line.append(System.lineSeparator()).append(ThrowableProxyUtil.asString(error));
        }
        return line.append(System.lineSeparator()).toString();
    }
}
