package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void ways_takeTurnsAndKeepTheirOwnMeasurements() {
    List<String> order = new ArrayList<>();

    Map<String, List<Integer>> measured =
        Rounds.run(
            3,
            List.of("a", "b"),
            way -> {
              order.add(way);
              return order.size();
            });

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(measured).isEqualTo(Map.of("a", List.of(1, 3, 5), "b", List.of(2, 4, 6)));
  }
}
