package galois.itest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.kernel.KernelCompiler;
import galois.api.kernel.KernelInstance;
import galois.api.kernel.KernelLimits;
import galois.api.kernel.KernelModule;
import galois.api.kernel.KernelRuntime;
import galois.api.plan.Expr;
import galois.api.plan.Function;
import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;
import galois.batch.BatchBuilder;
import galois.batch.BatchCursor;
import galois.batch.Field;
import galois.batch.FieldType;
import galois.batch.RowKind;
import galois.batch.RowLayout;
import galois.batch.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The compiler's kernels run in the sandbox, and bundles bring kernels of their own. */
@ExtendWith(BundleContextExtension.class)
@ExtendWith(ServiceExtension.class)
class KernelsIT {
    private static final Schema ROW = Schema.of(new Field("v", FieldType.DOUBLE));

    @InjectBundleContext BundleContext context;

    @InjectService(timeout = 10_000)
    KernelCompiler compiler;

    @InjectService(timeout = 10_000)
    KernelRuntime runtime;

    /** Rows above the parameter. */
    private static LogicalPlan above() {
        Expr condition =
                new Expr.Call(
                        Function.GREATER,
                        List.of(
                                new Expr.Column(0, FieldType.DOUBLE),
                                new Expr.Parameter(0, FieldType.DOUBLE)),
                        FieldType.BOOLEAN);
        return new LogicalPlan(
                new LogicalOp.Filter(new LogicalOp.Source("s", ROW, -1), condition),
                List.of(new Expr.Literal(FieldType.DOUBLE, "2")));
    }

    private static byte[] batch(double... values) {
        BatchBuilder builder = new BatchBuilder(ROW, 4096);
        for (double value : values) {
            builder.beginRow();
            builder.setDouble(0, value);
            builder.commitRow(0, RowKind.INSERT, 0);
        }
        byte[] batch = new byte[builder.finish(RowLayout.WATERMARK_NONE)];
        System.arraycopy(builder.array(), 0, batch, 0, batch.length);
        return batch;
    }

    @Test
    void compiledQueryRunsInTheSandbox() {
        String codeId = runtime.register(compiler.compile(above()).wasm());
        try (KernelInstance kernel = runtime.instantiate(codeId, KernelLimits.DEFAULT)) {
            byte[] parameters = batch(2);
            int slot = kernel.open(parameters, parameters.length);
            byte[] rows = batch(1, 5, 2, 3);
            kernel.input(rows, 0, rows.length);
            assertEquals(4, kernel.process(0, 0, 4, slot));
            byte[] output = new byte[kernel.outputBytes()];
            int size = kernel.takeOutput(output, 0, 7);
            BatchCursor cursor = new BatchCursor().wrap(output, 0, size, ROW);
            assertEquals(2, cursor.rows());
            assertEquals(5, cursor.row(0).getDouble(0));
            assertEquals(3, cursor.row(1).getDouble(0));
        }
    }

    @Test
    void bundleBringsAnOperatorAndTakesItAway() throws Exception {
        byte[] compiled = compiler.compile(above()).wasm();
        byte[] wasm = java.util.Arrays.copyOf(compiled, compiled.length + 3);
        wasm[compiled.length + 1] = 1; // an empty custom section makes it a module of its own
        String codeId = KernelModule.codeId(wasm);
        Bundle bundle = context.installBundle("itest:operator", operatorBundle(wasm));
        try {
            bundle.start();
            assertArrayEquals(wasm, runtime.module(codeId).orElseThrow());
            bundle.stop();
            assertTrue(runtime.module(codeId).isEmpty(), "withdrawn with its bundle");
            bundle.start();
            assertTrue(runtime.module(codeId).isPresent());
        } finally {
            bundle.uninstall();
        }
        assertTrue(runtime.module(codeId).isEmpty());
    }

    private static InputStream operatorBundle(byte[] wasm) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "galois.itest.operator");
        headers.putValue(
                "Provide-Capability",
                "galois.operator;galois.operator=above;module=\"wasm/above.wasm\"");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new ZipEntry("wasm/above.wasm"));
            jar.write(wasm);
            jar.closeEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
