package io.soracourier.sora;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The state of a job, for every shape of the API.
 *
 * <p>Source of the words: the specifications of Azure OpenAI and OpenAI; the sources of the servers
 * in {@code docs/reference/servers.md}; public reports.
 */
public enum JobState {
  /** Queued, or being made. */
  UNFINISHED(
      "queued pending submitted accepted created scheduled starting started notstart notstarted"
          + " preparing preprocessing inqueue inprogress processing running generating waiting"),
  SUCCEEDED("succeeded succeed success successful completed complete finished done ready"),
  FAILED("failed failure fail error errored moderated moderationblocked contentfiltered"),
  CANCELLED("cancelled canceled"),
  /** There was a job, and it and its video are gone. */
  EXPIRED("expired deleted"),
  /**
   * A word that this version does not know: not an end state, so the job is checked again later.
   */
  UNKNOWN("");

  private static final Map<String, JobState> STATES = new HashMap<>();

  static {
    for (JobState state : values()) {
      state.words.forEach(word -> STATES.put(word, state));
    }
  }

  private final List<String> words;

  JobState(String words) {
    this.words = List.of(words.split(" "));
  }

  /** In any case, with anything or nothing between the parts of a word. */
  static JobState of(String status) {
    String word = status.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return word.isEmpty() ? UNKNOWN : STATES.getOrDefault(word, UNKNOWN);
  }
}
