package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a page of a list of jobs, of which every field may be missing, of another type, or absurd:
 * what is not a job is left out.
 */
final class JobListReader {
  /** Where the jobs are; below {@code data}, too, which is an object at some gateways. */
  private static final List<String> JOBS = List.of("data", "videos", "jobs", "items", "results");

  /** No server gives so many; what is beyond is another page's. */
  private static final int MAX_JOBS = 10_000;

  /** Whether it is the id of a job is judged by {@link JobId}; this bounds what is sent back. */
  private static final int MAX_CURSOR = 1_000;

  private final JobReader reader;
  private final VideoApi api;

  JobListReader(JobReader reader, VideoApi api) {
    this.reader = reader;
    this.api = api;
  }

  /** Empty where it is no list. */
  Optional<JobPage> read(JsonNode json) {
    return array(json).map(jobs -> page(json, jobs));
  }

  private static Optional<JsonNode> array(JsonNode json) {
    if (json.isArray()) {
      return Optional.of(json);
    }
    for (JsonNode outer : List.of(json, json.path("data"))) {
      for (String name : JOBS) {
        if (outer.path(name).isArray()) {
          return Optional.of(outer.path(name));
        }
      }
    }
    boolean empty = json.path("object").asText().equals("list") || json.has("has_more");
    return empty ? Optional.of(MissingNode.getInstance()) : Optional.empty();
  }

  private JobPage page(JsonNode json, JsonNode entries) {
    List<ListedJob> jobs = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (jobs.size() < MAX_JOBS) {
        reader.listed(api, entry).ifPresent(jobs::add);
      }
    }
    return new JobPage(jobs, cursors(json, jobs), more(json));
  }

  /** The last job's id; what the server calls it, which may differ at a gateway; the first's. */
  private static List<String> cursors(JsonNode json, List<ListedJob> jobs) {
    Set<String> cursors = new LinkedHashSet<>();
    if (!jobs.isEmpty()) {
      cursors.add(jobs.get(jobs.size() - 1).id().value());
    }
    Stream.of(json.path("last_id").textValue(), json.path("data").path("last_id").textValue())
        .filter(Objects::nonNull)
        .filter(id -> !id.isBlank() && id.length() <= MAX_CURSOR)
        .forEach(cursors::add);
    if (jobs.size() > 1) {
      cursors.add(jobs.get(0).id().value());
    }
    return List.copyOf(cursors);
  }

  private static Optional<Boolean> more(JsonNode json) {
    for (JsonNode outer : List.of(json, json.path("data"))) {
      JsonNode more = outer.path("has_more");
      String word = more.asText().strip();
      if (more.isBoolean() || word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
        return Optional.of(word.equalsIgnoreCase("true"));
      }
    }
    return Optional.empty();
  }
}
