package io.soracourier.harvest;

import io.soracourier.sora.Attempt;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobPage;
import io.soracourier.sora.JobState;
import io.soracourier.sora.JobTimes;
import io.soracourier.sora.JobsQuery;
import io.soracourier.sora.ListedJob;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A list of jobs, paged as one server or another does it. */
final class ListedServer implements HarvestRun.Server {
  /** Oldest first. */
  final List<ListedJob> jobs = new ArrayList<>();

  final List<JobsQuery> queries = new ArrayList<>();
  int maxLimit = 100;
  boolean orderIgnored;
  boolean afterIgnored;
  boolean withoutMore;
  boolean moreAlways;

  /** A cursor that is not known begins at the beginning; else it is refused. */
  boolean unknownCursorTaken = true;

  /** Before each page, with its number from 1. */
  java.util.function.IntConsumer before = page -> {};

  ListedJob add(String id, JobState state, Instant created, Instant expires) {
    ListedJob job =
        new ListedJob(
            new JobId(id),
            state,
            Optional.of("sora-2"),
            new JobTimes(
                Optional.ofNullable(created), Optional.empty(), Optional.ofNullable(expires)),
            state == JobState.SUCCEEDED ? List.of(id) : List.of());
    jobs.add(job);
    return job;
  }

  @Override
  public JobPage page(VideoApi api, JobsQuery query) {
    queries.add(query);
    before.accept(queries.size());
    List<ListedJob> all = new ArrayList<>(jobs);
    if (orderIgnored || !query.oldestFirst()) {
      Collections.reverse(all);
    }
    List<String> ids = all.stream().map(job -> job.id().value()).toList();
    int at = query.after() == null || afterIgnored ? -1 : ids.indexOf(query.after());
    if (at < 0 && query.after() != null && !afterIgnored && !unknownCursorTaken) {
      throw refusal(Kind.NOT_FOUND, 404);
    }
    int limit = query.limit() == 0 ? 10 : Math.min(query.limit(), maxLimit);
    int end = Math.min(all.size(), at + 1 + limit);
    List<ListedJob> page = all.subList(at + 1, end);
    List<String> cursors = new ArrayList<>();
    if (!page.isEmpty()) {
      cursors.add(page.get(page.size() - 1).id().value());
      cursors.add(page.get(0).id().value());
    }
    boolean more = moreAlways || end < all.size();
    return new JobPage(page, cursors, withoutMore ? Optional.empty() : Optional.of(more));
  }

  static SoraException refusal(Kind kind, Integer status) {
    return new SoraException(
        kind,
        List.of(new Attempt("GET /videos", status, "words")),
        null,
        "GET /videos returned " + status + " with words",
        null);
  }
}
