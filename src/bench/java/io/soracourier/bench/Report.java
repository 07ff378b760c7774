package io.soracourier.bench;

import java.util.List;
import java.util.Map;

/**
 * Everything that one run found.
 *
 * @param facts of the machine and the run, by name
 * @param notRun what was not measured, and why
 */
record Report(
    boolean quick, Map<String, String> facts, Map<String, String> notRun, List<Section> sections) {
  List<Judgement> judgements() {
    return sections.stream().flatMap(section -> section.judgements().stream()).toList();
  }
}
