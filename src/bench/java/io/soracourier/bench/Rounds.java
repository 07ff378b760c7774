package io.soracourier.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Measures side by side: every way once, then every way again, so that a slow minute hits all. */
final class Rounds {
  private Rounds() {}

  /**
   * @param ways in the order in which each round takes them
   * @return what each way took, round by round
   */
  static <W, M> Map<W, List<M>> run(int rounds, List<W> ways, Function<W, M> measure) {
    Map<W, List<M>> measured = new LinkedHashMap<>();
    ways.forEach(way -> measured.put(way, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (W way : ways) {
        measured.get(way).add(measure.apply(way));
      }
    }
    return measured;
  }
}
