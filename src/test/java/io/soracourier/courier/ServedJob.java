package io.soracourier.courier;

import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.ScriptedJobs;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One job at a server that keeps its jobs in memory: one of its replicas knows it, and each request
 * reaches any. It may be restarted, and has forgotten the job then; be away for up to two hours;
 * and have the content some minutes after it says that the job is done. Each look is made by a
 * process that has just started.
 */
public final class ServedJob {
  private static final Duration DAY = Duration.ofDays(1);

  /** Requests in a row that reach another replica than that of the job. */
  private static final int MAX_OTHERS = 12;

  private final Random random;
  private final MutableClock clock;
  private final JobId id;
  private final Instant ready;
  private final Instant content;
  private final Instant away;
  private final Instant back;
  private final Instant restart;
  private final Optional<Instant> expiry;
  private final int replicas;
  private int others;
  private final Set<String> names = new LinkedHashSet<>();

  public ServedJob(Random random, MutableClock clock) {
    this.random = random;
    this.clock = clock;
    Instant now = clock.instant();
    this.id = new JobId("job-" + random.nextInt(1_000_000));
    this.ready = now.plusSeconds(random.nextInt(4 * 3600));
    this.content = ready.plusSeconds(random.nextInt(random.nextBoolean() ? 1 : 300));
    this.away = now.plusSeconds(random.nextInt(5 * 3600));
    this.back = random.nextBoolean() ? away : away.plusSeconds(random.nextInt(2 * 3600));
    this.restart = random.nextInt(4) == 0 ? now.plusSeconds(random.nextInt(5 * 3600)) : Instant.MAX;
    this.expiry = random.nextBoolean() ? Optional.empty() : Optional.of(now.plus(DAY));
    this.replicas = 1 + random.nextInt(2);
  }

  public JobId id() {
    return id;
  }

  /** Whether the server would have given the content for as long as some looks are apart. */
  public boolean wasServed(Instant now) {
    Instant end = now.isBefore(restart) ? now : restart;
    Instant again = content.isBefore(back) ? back : content;
    return isLong(content, end.isBefore(away) ? end : away) || isLong(again, end);
  }

  private static boolean isLong(Instant from, Instant to) {
    return Duration.between(from, to).compareTo(Duration.ofMinutes(3)) >= 0;
  }

  /** Whether the server has forgotten it by then. */
  public boolean isForgotten(Instant now) {
    return !now.isBefore(restart);
  }

  /** The names under which it was delivered. */
  public Set<String> names() {
    return names;
  }

  public LookResult look(LookNote note) {
    ScriptedJobs jobs = new ScriptedJobs();
    jobs.answer(asked -> answer());
    return WaitingCourier.of(
            jobs, new Copy(), Configs.DEFAULTS, clock, new Random(random.nextLong()))
        .look(id, note, LookLog.of("invocation"));
  }

  private VideoJob answer() {
    Instant now = clock.instant();
    if (isAway(now)) {
      throw sora(random.nextBoolean() ? Kind.UNAVAILABLE : Kind.THROTTLED);
    }
    if (isForgotten(now) || isOfAnotherReplica()) {
      throw sora(Kind.NOT_FOUND);
    }
    boolean done = !now.isBefore(ready);
    return TestJobs.of(
            id, done ? JobState.SUCCEEDED : JobState.UNFINISHED, done ? "done" : "queued")
        .expires(expiry)
        .generations(done ? new String[] {id.value()} : new String[0])
        .job();
  }

  /** By chance, but not without end: requests are spread over the replicas. */
  private boolean isOfAnotherReplica() {
    others = random.nextInt(replicas) > 0 && others < MAX_OTHERS ? others + 1 : 0;
    return others > 0;
  }

  private boolean isAway(Instant now) {
    return !now.isBefore(away) && now.isBefore(back);
  }

  private static SoraException sora(Kind kind) {
    Attempt attempt = new Attempt("GET /x", 404, "words");
    return new SoraException(kind, List.of(attempt), null, "GET /x returned " + kind, null);
  }

  private final class Copy extends CopyWithoutTransfer {
    @Override
    CopyResult copy(
        VideoJob job,
        Generation generation,
        Turn turn,
        Duration left,
        LookLog log,
        Runnable opened) {
      Instant now = clock.instant();
      if (isAway(now)) {
        throw sora(Kind.UNAVAILABLE);
      }
      if (now.isBefore(content) || isForgotten(now)) {
        throw sora(Kind.NOT_FOUND);
      }
      names.add(generation.id());
      return new CopyResult.Copied(
          new StoredVideo(
              URI.create("https://acct.blob.core.windows.net/videos/" + generation.id() + ".mp4"),
              1000,
              "1B2M2Y8AsgTpgAmY7PhCfg==",
              now,
              Owner.of(new VideoRef(job.id().value(), generation.id()), null, null)),
          true);
    }
  }
}
