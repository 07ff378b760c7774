package io.soracourier.harvest;

import io.soracourier.records.JobClaims;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.News;
import io.soracourier.records.RecordSearch;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobPage;
import io.soracourier.sora.JobsQuery;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoApi;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: reads the server's list, then enqueues what is missing, most urgent first, then notes
 * where the next run continues. Each job is recorded before it is enqueued. So a run that is killed
 * at any moment leaves nothing behind that the next one does not find: a job without a record, or
 * one whose look becomes overdue, before the list is read on.
 */
final class HarvestRun {
  /** Less than the five minutes to the next one. */
  private static final Duration TIME = Duration.ofSeconds(220);

  /** What a run works with. */
  record Parts(
      Server server,
      RecordSearch records,
      JobClaims claims,
      VideoStore videos,
      HarvestQueue queue,
      HarvestRows rows,
      Remembered remembered,
      Endpoint endpoint,
      HarvestFilter filter,
      Clock clock,
      BooleanSupplier ending) {}

  /** Lists jobs. */
  interface Server {
    /**
     * @throws SoraException when there is no such page
     */
    JobPage page(VideoApi api, JobsQuery query);
  }

  /**
   * @param warning what to say of it; null: nothing
   * @param denied whether that is about the server's credential
   */
  record Report(HarvestSummary summary, @Nullable String warning, boolean denied) {}

  private final Parts parts;
  private final Turn turn;
  private final Tally tally;
  private final ListReader lists;

  HarvestRun(Parts parts) {
    this.parts = parts;
    this.turn = new Turn(parts.rows(), parts.clock(), parts.ending());
    this.tally = new Tally(turn.began());
    this.lists = new ListReader(parts, turn, tally);
  }

  /** Empty where another run has begun and not ended. */
  Optional<Report> run(List<VideoApi> apis) {
    try {
      if (!turn.isTaken()) {
        return Optional.empty();
      }
      lists.read(apis);
      enqueue(lists.missing());
      if (tally.isEverythingDone() && !turn.isLost()) {
        lists.next().forEach(parts.rows()::keep);
      }
    } catch (StorageException e) {
      tally.problem(e.getMessage());
    }
    HarvestSummary summary = tally.summary(parts.clock().instant(), lists.isComplete());
    try {
      turn.end(summary);
    } catch (StorageException e) {
      // The work is done and logged; the lease expires by itself.
    }
    return Optional.of(
        new Report(summary, lists.isSilent() ? null : summary.problem(), lists.isDenied()));
  }

  private void enqueue(List<Candidate> missing) {
    int done = 0;
    try {
      while (done < missing.size() && turn.goesOn(TIME)) {
        enqueue(missing.get(done));
        done++;
      }
    } finally {
      missing.subList(done, missing.size()).forEach(tally::left);
    }
  }

  private void enqueue(Candidate job) {
    if (isStored(job)) {
      tally.found(Judgement.STORED, job);
      return;
    }
    Instant now = parts.clock().instant();
    // The list took its time, and others enqueue jobs too.
    Judgement latest = Judgement.of(parts.records().known(job.id().value()), now);
    if (latest != Judgement.MISSING) {
      tally.found(latest, job);
      return;
    }
    try {
      parts.claims().claim(new News.Enqueued(job.id().value(), new Chain(null, now), now, null));
    } catch (StorageException e) {
      if (e.kind() == Kind.CONFLICT) {
        tally.left(job); // Others write its record this very moment.
        return;
      }
      throw e;
    }
    parts.queue().enqueue(job.id());
    tally.enqueued(job);
  }

  private boolean isStored(Candidate job) {
    String id = job.id().value();
    if (parts.remembered().isStored(id)) {
      return true;
    }
    boolean stored =
        !job.videos().isEmpty()
            && job.videos().stream().allMatch(video -> isStored(new VideoRef(id, video)));
    if (stored) {
      parts.remembered().addStored(id);
    }
    return stored;
  }

  /** Something else under that name is for a look to judge. */
  private boolean isStored(VideoRef video) {
    try {
      return Generation.isId(video.generationId())
          && parts.videos().find(video).stream()
              .anyMatch(found -> found.owner().kind() == Owner.Kind.THIS);
    } catch (StorageException e) {
      if (e.kind() == Kind.OCCUPIED) {
        return false;
      }
      throw e;
    }
  }
}
