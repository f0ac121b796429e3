package galois.wasm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the classes of one module; they can be unloaded when nobody refers to any of them. */
final class KernelClassLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    KernelClassLoader(Map<String, byte[]> classes) {
        super("galois-kernel", KernelClassLoader.class.getClassLoader());
        this.classes = new ConcurrentHashMap<>(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
