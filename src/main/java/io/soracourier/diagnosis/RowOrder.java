package io.soracourier.diagnosis;

import io.soracourier.diagnosis.Diagnosis.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows in the order of {@link io.soracourier.sora.PlaceName}, which is that of the instructions
 * that people follow, and not the one of the courier's requests. Video by video; what is about the
 * job is among the rows of its first one.
 */
final class RowOrder {
  private RowOrder() {}

  static List<Row> of(List<Row> rows) {
    Map<String, List<Row>> byVideo = new LinkedHashMap<>();
    String first =
        rows.stream().map(Row::generationId).filter(id -> id != null).findFirst().orElse("");
    for (Row row : rows) {
      String video = row.generationId() == null ? first : row.generationId();
      byVideo.computeIfAbsent(video, none -> new ArrayList<>()).add(row);
    }
    return byVideo.values().stream()
        .flatMap(ofOne -> ofOne.stream().sorted(Comparator.comparing(Row::place)))
        .toList();
  }
}
