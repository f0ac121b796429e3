package galois.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.plan.LogicalOp;
import galois.api.plan.LogicalPlan;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The heap of a kernel, through its exports. */
class AllocatorTest {
    private record Block(int address, byte[] content) {}

    private static KernelMemory kernel(int pagesMax) {
        LogicalOp plan = new LogicalOp.Source("in", PaperPlan.ELEC, -1);
        byte[] wasm = new WasmKernelCompiler().compile(new LogicalPlan(plan, List.of())).wasm();
        return KernelMemory.interpreted(wasm, pagesMax);
    }

    @Test
    void blocksKeepTheirContentInAnyOrderOfUse() {
        long seed = Long.getLong("galois.seed", 11);
        Random random = new Random(seed);
        KernelMemory kernel = kernel(64);
        List<Block> blocks = new ArrayList<>();
        for (int step = 0; step < 4000; step++) {
            if (blocks.isEmpty() || random.nextInt(5) < 3 && blocks.size() < 200) {
                byte[] content = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 200)];
                random.nextBytes(content);
                int address = kernel.put(content, content.length);
                assertTrue(address != 0 && (address & 7) == 0, "seed " + seed);
                blocks.add(new Block(address, content));
            } else {
                Block block = blocks.remove(random.nextInt(blocks.size()));
                byte[] now = kernel.read(block.address(), block.content().length);
                assertTrue(Arrays.equals(block.content(), now), "seed " + seed + " step " + step);
                kernel.call("g_free", block.address());
            }
        }
    }

    @Test
    void freedNeighboursBecomeOneBlockAgain() {
        KernelMemory kernel = kernel(2);
        List<Integer> small = new ArrayList<>();
        int address = kernel.alloc(1000);
        while (address != 0) {
            small.add(address);
            address = kernel.alloc(1000);
        }
        assertEquals(0, kernel.alloc(100_000));
        small.forEach(block -> kernel.call("g_free", block));
        assertTrue(kernel.alloc(100_000) != 0);
    }

    @Test
    void refusesWhatCannotBe() {
        KernelMemory kernel = kernel(2);
        assertEquals(0, kernel.alloc(-1));
        assertEquals(0, kernel.alloc(Integer.MAX_VALUE));
        kernel.call("g_free", 0);
        assertTrue(kernel.alloc(0) != 0);
    }
}
