package galois.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Why a service may be missing: bundles that are not active and components that wait for something.
 * The component runtime lives in a bundle, so that its data is read by reflection.
 */
final class Diagnosis {
    private static final String COMPONENT_RUNTIME =
            "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final int LINES_MAX = 8;

    private final BundleContext context;

    Diagnosis(BundleContext context) {
        this.context = context;
    }

    /** Starts with ": " or is empty when nothing is wrong to be seen. */
    String text() {
        List<String> lines = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() == Bundle.INSTALLED) {
                lines.add("bundle " + bundle.getSymbolicName() + " is not resolved");
            }
        }
        try {
            addComponents(lines);
        } catch (ReflectiveOperationException e) {
            lines.add("components are unknown (" + e + ")");
        }
        int more = lines.size() - LINES_MAX;
        if (more > 0) {
            lines = new ArrayList<>(lines.subList(0, LINES_MAX));
            lines.add(more + " more");
        }
        return lines.isEmpty() ? "" : ": " + String.join("; ", lines);
    }

    private void addComponents(List<String> lines) throws ReflectiveOperationException {
        ServiceReference<?> reference = context.getServiceReference(COMPONENT_RUNTIME);
        if (reference == null) {
            lines.add("no component runtime is active");
            return;
        }
        Object runtime = context.getService(reference);
        Class<?> type = runtime.getClass().getClassLoader().loadClass(COMPONENT_RUNTIME);
        Class<?> description =
                type.getClassLoader()
                        .loadClass(
                                "org.osgi.service.component.runtime.dto.ComponentDescriptionDTO");
        Object all =
                type.getMethod("getComponentDescriptionDTOs", Bundle[].class)
                        .invoke(runtime, (Object) new Bundle[0]);
        for (Object component : (Collection<?>) all) {
            Object configurations =
                    type.getMethod("getComponentConfigurationDTOs", description)
                            .invoke(runtime, component);
            for (Object configuration : (Collection<?>) configurations) {
                addReferences(String.valueOf(field(component, "name")), configuration, lines);
            }
        }
    }

    private static void addReferences(String name, Object configuration, List<String> lines)
            throws ReflectiveOperationException {
        Object failure = field(configuration, "failure");
        if (failure != null) {
            lines.add(
                    "component "
                            + name
                            + " failed: "
                            + failure.toString().lines().findFirst().get());
        }
        Object unsatisfied = field(configuration, "unsatisfiedReferences");
        for (int i = 0; unsatisfied != null && i < Array.getLength(unsatisfied); i++) {
            Object reference = Array.get(unsatisfied, i);
            Object target = field(reference, "target");
            lines.add(
                    "component "
                            + name
                            + " waits for "
                            + field(reference, "name")
                            + (target == null ? "" : " " + target));
        }
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
