package io.soracourier.harvest;

import io.soracourier.harvest.HarvestRun.Parts;
import io.soracourier.harvest.Listing.End;
import io.soracourier.harvest.Listing.Position;
import io.soracourier.records.KnownJobs;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.ListedJob;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a run that reads the server's lists, and judges what they have. */
final class ListReader {
  private static final Duration TIME = Duration.ofMinutes(2);

  private final Parts parts;
  private final Turn turn;
  private final Tally tally;
  private final Map<String, Candidate> missing = new LinkedHashMap<>();
  private final Map<String, Position> next = new LinkedHashMap<>();
  private boolean complete = true;
  private boolean denied;
  private boolean silent;

  ListReader(Parts parts, Turn turn, Tally tally) {
    this.parts = parts;
    this.turn = turn;
    this.tally = tally;
  }

  /** Jobs that may be missing, the most urgent first. */
  List<Candidate> missing() {
    return missing.values().stream().sorted(Candidate.BY_URGENCY).toList();
  }

  /** Where to resume reading the lists, by the names of the APIs. */
  Map<String, Position> next() {
    return next;
  }

  /** Whether all that there is was read. */
  boolean isComplete() {
    return complete;
  }

  /** Whether the server refused the courier's credential. */
  boolean isDenied() {
    return denied;
  }

  /** Whether the problem was reported by an earlier run of this process. */
  boolean isSilent() {
    return silent;
  }

  /**
   * Reads the lists of all of these APIs that the server has.
   *
   * @throws io.soracourier.storage.StorageException when the records cannot be read
   */
  void read(List<VideoApi> apis) {
    KnownJobs known = parts.records().known();
    List<String> without = new ArrayList<>();
    for (VideoApi api : apis) {
      parts
          .remembered()
          .withoutList(api.name(), turn.began())
          .or(() -> read(api, known))
          .ifPresent(without::add);
    }
    if (without.size() == apis.size()) {
      complete = false;
      silent = !parts.remembered().isToBeWarned();
      tally.problem(
          "the server has no list of jobs, so nothing is harvested: " + String.join("; ", without));
    }
  }

  /** The response's error, where there is no such list. */
  private Optional<String> read(VideoApi api, KnownJobs known) {
    Position from = parts.rows().position(api.name());
    NewestFirst order = new NewestFirst();
    Listing.Result result =
        new Listing(query -> parts.server().page(api, query), from, () -> turn.goesOn(TIME))
            .read(jobs -> judge(jobs, known, order));
    tally.requested(result.requests());
    SoraException failure = result.failure();
    if (failure != null && result.end() == End.NO_LIST && !parts.remembered().hasList(api.name())) {
      String response = String.valueOf(failure.getMessage());
      if (isMissing(failure)) {
        parts.remembered().addWithoutList(api.name(), turn.began(), response);
      }
      return Optional.of(response);
    }
    if (failure == null) {
      parts.remembered().addList(api.name());
    }
    complete &= result.end() == End.COMPLETE;
    if (failure != null) {
      denied |= failure.kind() == Kind.DENIED;
      tally.problem(String.valueOf(failure.getMessage()));
    } else if (result.end() == End.REPEATS) {
      tally.problem(
          "GET %s repeats its pages, and says that there are more: those are not harvested"
              .formatted(api.jobs()));
    }
    next.put(api.name(), result.next());
    return Optional.empty();
  }

  /** A page of somebody else, or JSON of another shape, may be there for a moment only. */
  private static boolean isMissing(SoraException e) {
    return e.kind() == Kind.NOT_FOUND || e.kind() == Kind.REJECTED || e.kind() == Kind.UNAVAILABLE;
  }

  /** Whether there may be something on the next page: not behind a page of nothing but old jobs. */
  private boolean judge(List<ListedJob> jobs, KnownJobs known, NewestFirst order) {
    Instant now = turn.began();
    boolean allOver = !jobs.isEmpty();
    for (ListedJob job : jobs) {
      Optional<Instant> expires = expires(job);
      Judgement judgement =
          Judgement.of(job, expires, known.find(job.id().value()), parts.filter(), now);
      Candidate candidate = Candidate.of(job, expires.orElse(null));
      // A server that has both lists may have a job on both.
      if (judgement != Judgement.MISSING
          || missing.putIfAbsent(job.id().value(), candidate) == null) {
        tally.listed(candidate, judgement);
      }
      order.see(job);
      allOver &= Judgement.isPast(expires, now) || parts.filter().isTooOld(job, now);
    }
    return !allOver || !order.isKept();
  }

  /** The server's own value; without one, Azure and OpenAI delete after a day. */
  private Optional<Instant> expires(ListedJob job) {
    Endpoint endpoint = parts.endpoint();
    return job.times()
        .expires()
        .or(
            () ->
                job.times()
                    .created()
                    .or(() -> endpoint.createdAt(job.id(), turn.began()))
                    .filter(created -> endpoint.keepsJobsForADay())
                    .map(created -> created.plus(JobId.LIFETIME)));
  }
}
