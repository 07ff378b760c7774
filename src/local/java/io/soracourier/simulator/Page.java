package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One page of a list, cut out by {@code after}, {@code before} and {@code limit}. */
record Page(List<SimulatedJob> jobs, boolean hasMore) {

  static Page of(List<SimulatedJob> all, Request request, int defaultLimit) {
    List<String> ids = all.stream().map(SimulatedJob::id).toList();
    int from = request.parameter("after").map(after -> ids.indexOf(after) + 1).orElse(0);
    int to =
        request
            .parameter("before")
            .map(ids::indexOf)
            .filter(place -> place >= from)
            .orElse(all.size());
    int limit =
        request
            .parameter("limit")
            .filter(text -> text.matches("\\d{1,4}"))
            .map(Integer::valueOf)
            .orElse(defaultLimit);
    int end = Math.min(to, from + limit);
    return new Page(all.subList(from, end), end < to);
  }

  /** Sora 1 has {@code has_more} before the ids, Sora 2 after them. */
  ObjectNode json(boolean hasMoreFirst) {
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    jobs.forEach(job -> data.add(job.json()));
    if (hasMoreFirst) {
      list.put("has_more", hasMore);
    }
    if (!jobs.isEmpty()) {
      list.put("first_id", jobs.get(0).id()).put("last_id", jobs.get(jobs.size() - 1).id());
    }
    if (!hasMoreFirst) {
      list.put("has_more", hasMore);
    }
    return list;
  }
}
