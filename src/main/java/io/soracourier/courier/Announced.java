package io.soracourier.courier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The videos that a job has announced up to now. Each keeps its number, and has one outcome,
 * whatever a later response lists.
 *
 * <p>A note has room for {@link #MAX_VIDEOS} of them, and for {@link #MAX_BYTES} of ids. Those
 * beyond are counted, and reported as such.
 *
 * @param count how many there are, with those beyond
 * @param awaited those that have no outcome yet, by number
 * @param reported ids of those that have
 */
public record Announced(int count, List<Awaited> awaited, List<String> reported) {
  public static final Announced NONE = new Announced(0, List.of(), List.of());

  /** Neither a count nor a number is higher: what is beyond has this one. */
  public static final int MAX_COUNT = 1_000_000;

  /** Azure makes five at most. */
  static final int MAX_VIDEOS = 32;

  /**
   * As JSON. With these and all else a note stays below the 16 KiB that the largest message leaves
   * for it.
   */
  static final int MAX_BYTES = 12 * 1024;

  /**
   * A video without an outcome.
   *
   * @param number which of the job's videos it is, from 1
   * @param misses looks that did not find its content
   */
  public record Awaited(String id, int number, @Nullable Misses misses) {
    public Awaited {
      number = Math.min(number, MAX_COUNT);
    }
  }

  public Announced {
    count = Math.min(count, MAX_COUNT);
    awaited = List.copyOf(awaited);
    reported = List.copyOf(reported);
  }

  /** As a note has them: what is there twice, or beyond the bounds, is left out. */
  public static Announced noted(int count, List<Awaited> awaited, List<String> reported) {
    Known known = new Known();
    List<String> kept = reported.stream().filter(id -> known.add(id, Integer.MAX_VALUE)).toList();
    List<Awaited> waiting =
        awaited.stream().filter(video -> known.add(video.id(), MAX_VIDEOS)).toList();
    if (waiting.isEmpty() && count == 0) {
      // Of a version that numbered them by their position in the latest response.
      return new Announced(0, waiting, kept);
    }
    int last = waiting.stream().mapToInt(Awaited::number).max().orElse(0);
    return new Announced(Math.max(count, Math.max(last, known.size())), waiting, kept);
  }

  /**
   * @param listed ids that a response lists, in its order; the same one twice is one
   * @return with those that are new
   */
  Announced plus(Collection<String> listed) {
    Known known = new Known();
    ids().forEach(id -> known.add(id, Integer.MAX_VALUE));
    List<Awaited> all = new ArrayList<>(awaited);
    int beyond = 0;
    int last = count;
    int position = 0;
    for (String id : new LinkedHashSet<>(listed)) {
      position++;
      if (known.contains(id)) {
        continue;
      }
      if (known.add(id, MAX_VIDEOS)) {
        all.add(new Awaited(id, count == 0 ? position : ++last, null));
      } else {
        beyond++;
      }
    }
    return new Announced(Math.max(last, known.size() + beyond), all, reported);
  }

  /** A decision on the job, for each of those without an outcome; for the job where none is. */
  List<Decision> each(Decision ofJob) {
    return awaited.isEmpty()
        ? List.of(ofJob)
        : awaited.stream().map(video -> ofJob.about(video.id())).toList();
  }

  /** How many are too many to deliver. */
  int beyond() {
    return Math.max(0, count - awaited.size() - reported.size());
  }

  /** The ids of all but those beyond. */
  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>(reported);
    awaited.forEach(video -> ids.add(video.id()));
    return ids;
  }

  /** With what a look has found out about those without an outcome, by id. */
  Announced withMisses(Map<String, @Nullable Misses> misses) {
    return new Announced(
        count,
        awaited.stream()
            .map(video -> new Awaited(video.id(), video.number(), misses.get(video.id())))
            .toList(),
        reported);
  }

  Announced plusReported(List<Outcome> outcomes) {
    Set<String> all = new LinkedHashSet<>(reported);
    outcomes.stream().map(Outcome::generationId).filter(Objects::nonNull).forEach(all::add);
    return new Announced(
        count,
        awaited.stream().filter(video -> !all.contains(video.id())).toList(),
        List.copyOf(all));
  }

  /** Ids that fit into a note together. */
  private static final class Known {
    private final Set<String> ids = new HashSet<>();
    private int bytes;

    boolean contains(String id) {
      return ids.contains(id);
    }

    int size() {
      return ids.size();
    }

    /** Whether it is new and fits. */
    boolean add(String id, int most) {
      int more = bytes(id);
      if (ids.size() >= most || bytes + more > MAX_BYTES || !ids.add(id)) {
        return false;
      }
      bytes += more;
      return true;
    }

    /** As a string in JSON, with its comma, at most. */
    private static int bytes(String id) {
      return "\"\",".length() + id.chars().map(Known::bytes).sum();
    }

    private static int bytes(int c) {
      if (c < ' ' || c > '\uD7FF') {
        return "\\u0000".length();
      }
      return c == '"' || c == '\\' ? 2 : c < 0x7F ? 1 : 3;
    }
  }
}
