package galois.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import galois.api.ErrorCode;
import galois.api.GaloisException;
import galois.api.placement.PlacementRequest;
import galois.api.placement.PlacementRequest.NodeLoad;
import galois.api.placement.PlacementStrategy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

class PlacementTest {
    private static final List<String> CHAIN = List.of("source", "filter", "project", "sink");
    private static final PlacementStrategy FUSED = new FusedPlacement();
    private static final PlacementStrategy SPREAD = new SpreadPlacement();

    static List<PlacementStrategy> strategies() {
        return List.of(FUSED, SPREAD);
    }

    @Test
    void fusesOnTheLeastLoadedNode() {
        assertEquals(
                List.of("n2", "n2", "n2", "n2"),
                place(
                        FUSED,
                        CHAIN,
                        List.of(node("n1", 5), node("n2", 1), node("n3", 1)),
                        Map.of()));
    }

    @Test
    void fusesOnTheNodeOfThePinnedSink() {
        assertEquals(
                List.of("n1", "n1", "n1", "n1"),
                place(FUSED, CHAIN, nodes(2), Map.of("sink", "n1")));
    }

    @Test
    void fusesWhereTheRowsAreBornWhenBothEndsArePinned() {
        assertEquals(
                List.of("n2", "n2", "n2", "n1"),
                place(FUSED, CHAIN, nodes(2), Map.of("sink", "n1", "source", "n2")));
    }

    @Test
    void spreadsSourceAndFilterApartFromTheRest() {
        assertEquals(List.of("n1", "n1", "n2", "n2"), place(SPREAD, CHAIN, nodes(2), Map.of()));
        assertEquals(
                List.of("n1", "n1", "n2"),
                place(SPREAD, List.of("source", "filter", "sink"), nodes(2), Map.of()));
        assertEquals(List.of("n1", "n1", "n1", "n1"), place(SPREAD, CHAIN, nodes(1), Map.of()));
    }

    @Test
    void spreadsAroundAPin() {
        assertEquals(
                List.of("n2", "n2", "n1", "n1"),
                place(SPREAD, CHAIN, nodes(2), Map.of("source", "n2")));
        assertEquals(
                List.of("n2", "n2", "n1", "n1"),
                place(SPREAD, CHAIN, nodes(2), Map.of("sink", "n1")));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void saysWhichNodeIsMissing(PlacementStrategy strategy) {
        GaloisException refused =
                assertThrows(
                        GaloisException.class,
                        () -> place(strategy, CHAIN, nodes(2), Map.of("sink", "n9")));
        assertEquals(ErrorCode.PLACEMENT_INFEASIBLE, refused.code());
        assertTrue(refused.getMessage().contains("\"n9\""), refused.getMessage());
        assertThrows(GaloisException.class, () -> place(strategy, CHAIN, List.of(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void placesEveryOperatorRespectsPinsAndKeepsRunsTogether(PlacementStrategy strategy) {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> operators = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(8); i++) {
                operators.add("o" + i);
            }
            List<NodeLoad> nodes = new ArrayList<>();
            for (int i = 1; i <= 1 + random.nextInt(5); i++) {
                nodes.add(node("n" + i, random.nextInt(4)));
            }
            Map<String, String> pinned = new HashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                pinned.put(
                        operators.get(random.nextInt(operators.size())),
                        nodes.get(random.nextInt(nodes.size())).nodeId());
            }
            PlacementRequest request = new PlacementRequest(operators, nodes, pinned);
            Map<String, String> placed = strategy.place(request);
            String where = "seed " + seed + ": " + request + " -> " + placed;
            assertEquals(operators, List.copyOf(placed.keySet()), where);
            pinned.forEach((operator, node) -> assertEquals(node, placed.get(operator), where));
            assertEquals(placed, strategy.place(request), where);
            if (pinned.size() <= 1) {
                assertContiguous(List.copyOf(placed.values()), where);
            }
            if (pinned.isEmpty() && strategy == SPREAD) {
                assertEquals(
                        Math.min(nodes.size(), operators.size()),
                        new HashSet<>(placed.values()).size(),
                        where);
            }
        }
    }

    private static void assertContiguous(List<String> nodes, String where) {
        HashSet<String> left = new HashSet<>();
        for (int i = 1; i < nodes.size(); i++) {
            if (!nodes.get(i).equals(nodes.get(i - 1))) {
                left.add(nodes.get(i - 1));
                assertTrue(!left.contains(nodes.get(i)), where);
            }
        }
    }

    private static List<String> place(
            PlacementStrategy strategy,
            List<String> operators,
            List<NodeLoad> nodes,
            Map<String, String> pinned) {
        return List.copyOf(strategy.place(new PlacementRequest(operators, nodes, pinned)).values());
    }

    private static List<NodeLoad> nodes(int count) {
        List<NodeLoad> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(node("n" + i, 0));
        }
        return nodes;
    }

    private static NodeLoad node(String id, int assignments) {
        return new NodeLoad(id, assignments);
    }
}
