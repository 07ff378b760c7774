package io.soracourier.courier;

import io.soracourier.sora.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the looks of one message, and of those that it was put back as, were answered. */
public final class History {
  private static final String JOB = "";
  private static final String LIST = " ";

  private final Map<String, List<Answer>> answers = new HashMap<>();
  private final Set<String> announced = new LinkedHashSet<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private boolean answered;

  public History() {}

  /** For a message that is delivered once more. */
  public History(History before) {
    before.answers.forEach((key, list) -> answers.put(key, new ArrayList<>(list)));
    announced.addAll(before.announced);
    outcomes.addAll(before.outcomes);
    answered = before.answered;
  }

  /** Whether something was there. What says nothing of that is not written down. */
  enum Event {
    HIT,
    MISS
  }

  private record Answer(Event event, Instant at) {}

  void job(Event event, Instant now) {
    add(JOB, event, now);
    answered |= event == Event.HIT;
  }

  void state(JobState state, Instant now) {
    if (state == JobState.UNFINISHED) {
      add(LIST, Event.HIT, now);
      announced.forEach(video -> add(video, Event.HIT, now));
    }
  }

  void listed(List<String> videos, Instant now) {
    announced.addAll(videos);
    if (announced.isEmpty()) {
      add(LIST, Event.MISS, now);
    }
  }

  void video(String id, Event event, Instant now) {
    add(id, event, now);
  }

  private void add(String subject, Event event, Instant now) {
    answers.computeIfAbsent(subject, key -> new ArrayList<>()).add(new Answer(event, now));
  }

  public boolean answered() {
    return answered;
  }

  public Set<String> announced() {
    return announced;
  }

  public List<Outcome> outcomes() {
    return outcomes;
  }

  /** Whether the job was unknown at the last three looks that were answered, and for so long. */
  public boolean jobMissed(Duration grace, Instant now) {
    return missed(JOB, grace, now);
  }

  public boolean listMissed(Duration grace, Instant now) {
    return missed(LIST, grace, now);
  }

  public boolean videoMissed(String id, Duration grace, Instant now) {
    return missed(id, grace, now);
  }

  private boolean missed(String subject, Duration grace, Instant now) {
    List<Answer> all = answers.getOrDefault(subject, List.of());
    int row = 0;
    while (row < all.size() && all.get(all.size() - 1 - row).event == Event.MISS) {
      row++;
    }
    // A look may request several times, all at the same instant.
    List<Instant> looks =
        all.subList(all.size() - row, all.size()).stream().map(Answer::at).distinct().toList();
    return looks.size() >= 3 && Duration.between(looks.get(0), now).compareTo(grace) >= 0;
  }
}
