package io.soracourier.content;

import io.soracourier.content.FoundUrl.Source;
import io.soracourier.sora.PlaceName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of place where content may be.
 *
 * @param name what it is known as
 * @param candidates the addresses of that kind for one generation; may ask the service
 * @param follows from where in the answers of those addresses URLs are followed
 * @param ifNone why there may be no address of that kind, for people
 */
record ContentLocation(
    PlaceName name,
    Function<Search, List<Candidate>> candidates,
    Set<Source> follows,
    String ifNone) {

  /** Whether the service itself points there, by its documentation or in a response. */
  boolean isKnown() {
    return ContentLocations.KNOWN.contains(name);
  }

  /** Whether the job that was read names what is there. */
  boolean isNamedByJob() {
    return ContentLocations.NAMED_BY_JOB.contains(name);
  }

  ContentLocation(PlaceName name, Function<Search, List<Candidate>> candidates, String ifNone) {
    this(name, candidates, EnumSet.allOf(Source.class), ifNone);
  }
}
