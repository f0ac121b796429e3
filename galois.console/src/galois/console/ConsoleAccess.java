package galois.console;

import galois.api.client.Endpoint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;

/**
 * Who may use the web console: one user, whose random password is shown once, at the first start.
 * The console stays closed until this service is there ({@code
 * felix.webconsole.security.providers}).
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=galois")
public final class ConsoleAccess implements SecurityProvider, Endpoint {
    private static final String POLICY =
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'"
                    + " 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private final Gate gate;
    private final String url;
    private final String note;

    @Activate
    public ConsoleAccess(
            BundleContext context,
            @Reference HttpServiceRuntime http,
            Map<String, Object> ignored) {
        this(context.getDataFile("console-password"), endpoint(context));
    }

    ConsoleAccess(File store, String url) {
        SecureRandom random = new SecureRandom();
        Password known = read(store);
        this.url = url;
        if (known != null) {
            gate = new Gate(known, System::nanoTime);
            note = "user " + Gate.USER + ", the password of the first start";
        } else {
            String text = Password.random(random);
            Password made = Password.of(text, random);
            write(store, made);
            gate = new Gate(made, System::nanoTime);
            note = "user " + Gate.USER + ", password " + text;
        }
    }

    private static String endpoint(BundleContext context) {
        Object value =
                context.getServiceReference(HttpServiceRuntime.class)
                        .getProperty("osgi.http.endpoint");
        String first = value instanceof String[] list && list.length > 0 ? list[0] : value + "";
        return first.replaceFirst("/$", "") + "/system/console/galois";
    }

    private static Password read(File store) {
        try {
            return store != null && store.isFile()
                    ? Password.parse(Files.readString(store.toPath()))
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(File store, Password password) {
        if (store == null) {
            return;
        }
        try {
            Path path = store.toPath();
            Files.writeString(path, password.line());
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        Gate.Request asked =
                new Gate.Request(
                        request.getMethod(),
                        request.getRemoteAddr(),
                        request.getHeader("Host"),
                        request.getHeader("Origin"),
                        request.getHeader("Referer"),
                        request.getHeader("Authorization"));
        try {
            switch (gate.judge(asked)) {
                case IN -> {
                    return Gate.USER;
                }
                case ASK -> {
                    response.setHeader("WWW-Authenticate", "Basic realm=\"GALOIS\"");
                    response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                }
                case LOCKED -> response.sendError(429, "too many failures, try again later");
                case FOREIGN -> response.sendError(HttpServletResponse.SC_FORBIDDEN);
            }
        } catch (IOException e) {
            // The browser went away while it was being refused.
        }
        return null;
    }

    @Override
    public boolean authorize(Object user, String role) {
        return Gate.USER.equals(user);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        try {
            response.setHeader("WWW-Authenticate", "Basic realm=\"GALOIS\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } catch (IOException e) {
            // The browser went away: that is a log-out too.
        }
    }

    @Override
    public String name() {
        return "web console";
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public String note() {
        return note;
    }
}
