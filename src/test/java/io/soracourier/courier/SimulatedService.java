package io.soracourier.courier;

import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.courier.History.Event;
import io.soracourier.simulator.Ids;
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
import io.soracourier.storage.StorageFailures;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.video.InvalidContentException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * One job over a day, at a service that forgets it, throttles, is down, lists its videos or does
 * not, and has their content or does not, all at random; with a courier that is restarted for each
 * look. The response is written into the history of the message that caused the look.
 */
public final class SimulatedService {
  private static final Duration DAY = Duration.ofDays(1);

  private final Random random;
  private final MutableClock clock;
  private final JobId id;
  private final Instant created;
  private final Instant expiry;
  private final Instant ready;
  private final boolean endless;
  private final JobState end;
  private final Map<String, Instant> contents = new TreeMap<>();
  private final double trouble;
  private final Copy copy = new Copy();
  private History history;
  private int mood;
  private Instant moodEnds = Instant.MIN;

  public SimulatedService(Random random, MutableClock clock) {
    this.random = random;
    this.clock = clock;
    this.created = clock.instant();
    boolean dated = random.nextInt(3) > 0;
    this.id = new JobId(dated ? Ids.task(created) : "vidjob_1");
    this.expiry = created.plus(random.nextBoolean() ? DAY : DAY.plusHours(random.nextInt(6)));
    this.ready = created.plusSeconds(random.nextInt(3 * 3600));
    this.endless = random.nextInt(20) == 0;
    this.end =
        random.nextInt(8) > 0
            ? JobState.SUCCEEDED
            : random.nextBoolean() ? JobState.FAILED : JobState.CANCELLED;
    this.trouble = random.nextDouble() * random.nextDouble();
    for (int i = random.nextInt(5); i >= 0; i--) {
      contents.put(
          "gen_" + i,
          random.nextInt(10) == 0
              ? Instant.MAX
              : ready.plusSeconds(random.nextInt(random.nextBoolean() ? 60 : 900)));
    }
  }

  public JobId id() {
    return id;
  }

  /** When nobody can have the videos any more, as far as this message's looks were told. */
  public Instant deadline(History of) {
    return of.answered() ? expiry : created.plus(DAY);
  }

  /** One look of a process that has just started. */
  public LookResult look(LookNote note, History of) {
    history = of;
    ScriptedJobs jobs = new ScriptedJobs();
    jobs.answer(asked -> answer());
    return WaitingCourier.of(jobs, copy, Configs.DEFAULTS, clock, new Random(random.nextLong()))
        .look(id, note, LookLog.of("invocation"));
  }

  private VideoJob answer() {
    Instant now = clock.instant();
    if (!now.isBefore(moodEnds)) {
      mood = random.nextDouble() < trouble ? 1 + random.nextInt(6) : 0;
      moodEnds = now.plusSeconds(1 + random.nextInt(random.nextInt(10) == 0 ? 7200 : 240));
    }
    switch (random.nextInt(8) == 0 && trouble > 0.1 ? random.nextInt(7) : mood) {
      case 1 -> {
        history.job(Event.MISS, now);
        throw sora(random.nextInt(4) > 0 ? Kind.NOT_FOUND : Kind.REJECTED, null);
      }
      case 2 -> throw sora(Kind.UNAVAILABLE, absurd());
      case 3 -> throw sora(Kind.THROTTLED, absurd());
      case 4 -> throw sora(Kind.DENIED, null);
      case 5 -> throw new CircuitBreakerOpenException("open");
      default -> {
        history.job(Event.HIT, now);
        return answered(now);
      }
    }
  }

  private Duration absurd() {
    return random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(86_400));
  }

  private VideoJob answered(Instant now) {
    boolean early = endless || now.isBefore(ready);
    JobState state = early || mood > 0 && random.nextInt(6) == 0 ? JobState.UNFINISHED : end;
    TestJobs job = TestJobs.of(id, state, state.name()).expires(Optional.of(expiry));
    history.state(state, now);
    if (state != JobState.SUCCEEDED) {
      return job.job();
    }
    List<String> listed = new ArrayList<>();
    if (random.nextInt(10) > 0) {
      contents.keySet().stream()
          .filter(video -> random.nextDouble() > trouble / 2)
          .forEach(listed::add);
    }
    if (!listed.isEmpty() && random.nextInt(5) == 0) {
      listed.add(listed.get(random.nextInt(listed.size())));
      Collections.shuffle(listed, random);
    }
    history.listed(listed, now);
    return job.generations(listed.toArray(String[]::new)).job();
  }

  private static SoraException sora(Kind kind, Duration retryAfter) {
    Attempt attempt = new Attempt("GET /x", 400, "words");
    return new SoraException(kind, List.of(attempt), retryAfter, "GET /x returned " + kind, null);
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
      String video = generation.id();
      if (random.nextDouble() < trouble) {
        switch (random.nextInt(6)) {
          case 0 -> throw sora(Kind.THROTTLED, absurd());
          case 1 -> throw sora(random.nextBoolean() ? Kind.UNAVAILABLE : Kind.DENIED, null);
          case 2 -> throw StorageFailures.unavailable();
          case 3 -> {
            opened.run();
            history.video(video, Event.MISS, now);
            throw new InvalidContentException("the content is not an MP4");
          }
          case 4 -> {
            history.video(video, Event.MISS, now);
            throw sora(Kind.REJECTED, null);
          }
          default -> {
            opened.run();
            history.video(video, Event.HIT, now);
            throw random.nextBoolean()
                ? sora(Kind.UNAVAILABLE, null)
                : StorageFailures.unavailable();
          }
        }
      }
      if (now.isBefore(contents.get(video))) {
        history.video(video, Event.MISS, now);
        throw sora(Kind.NOT_FOUND, null);
      }
      opened.run();
      return new CopyResult.Copied(
          new StoredVideo(
              URI.create("https://acct.blob.core.windows.net/videos/" + video + ".mp4"),
              1000,
              "1B2M2Y8AsgTpgAmY7PhCfg==",
              now,
              Owner.of(new VideoRef(job.id().value(), video), null, null)),
          true);
    }
  }
}
