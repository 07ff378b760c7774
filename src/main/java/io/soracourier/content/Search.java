package io.soracourier.content;

import static java.util.Objects.requireNonNull;

import io.soracourier.content.ProbeResult.Failed;
import io.soracourier.content.ProbeResult.NoVideo;
import io.soracourier.content.ProbeResult.NotFollowed;
import io.soracourier.content.ProbeResult.Video;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobState;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.Base64Video;
import io.soracourier.video.OtherForm;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One search for one generation's content: requests each candidate once, and keeps what came. */
final class Search {
  private static final Set<Integer> PAUSES = Set.of(429, 503);

  private final Probe probe;
  private final VideoJob job;
  private final Generation generation;
  private final URI documented;
  private final Set<URI> requested = new HashSet<>();
  private final List<ProbeResult> results = new ArrayList<>();

  Search(Probe probe, VideoJob job, Generation generation) {
    this.probe = probe;
    this.job = job;
    this.generation = generation;
    this.documented = requireNonNull(generation.content(), "what is searched for has an address");
  }

  /**
   * Requests all candidates of a location, and the URLs that their responses name, until one is the
   * video.
   */
  Optional<Video> request(ContentLocation location) {
    return location.candidates().apply(this).stream()
        .flatMap(candidate -> request(location, location.name(), candidate, true).stream())
        .findFirst();
  }

  private Optional<Video> request(
      ContentLocation location, PlaceName place, Candidate candidate, boolean follow) {
    if (!requested.add(candidate.uri())) {
      return Optional.empty();
    }
    ProbeResult result = probe.request(place, candidate);
    results.add(result);
    if (result instanceof Video video) {
      return Optional.of(video);
    }
    List<FoundUrl> urls = result.finding().urls();
    boolean mayBeOthers = generation.index() > 0 && urls.size() > 1;
    if (!follow || mayBeOthers) {
      return Optional.empty();
    }
    String response = "the response of GET " + candidate.shown().getRawPath();
    return urls.stream()
        .filter(url -> location.follows().contains(url.source()))
        .flatMap(url -> request(location, placeOf(url), named(url, response), false).stream())
        .findFirst();
  }

  /** Of a URL in the response of another location. */
  private PlaceName placeOf(FoundUrl url) {
    if (url.uri().equals(documented)) {
      return PlaceName.DOCUMENTED;
    }
    return switch (url.source()) {
      case PROPERTY -> PlaceName.URL_IN_JSON;
      case HEADER -> PlaceName.URL_IN_HEADER;
    };
  }

  /**
   * @param response whose response named it, in words
   */
  Candidate named(FoundUrl url, String response) {
    return Candidate.named(job.api(), url, response, documented);
  }

  /** Adds what another search for the same content received, in place of requesting it. */
  void take(List<ProbeResult> received) {
    results.addAll(received);
  }

  VideoJob job() {
    return job;
  }

  Generation generation() {
    return generation;
  }

  /** Whether the job has other videos, so that an address must identify its video. */
  boolean hasSiblings() {
    return job.generations().size() > 1;
  }

  /** Whether the job is done, so that its content is as it will be. */
  boolean isOfDoneJob() {
    return job.state() == JobState.SUCCEEDED;
  }

  /** What came so far, in order. */
  List<ProbeResult> results() {
    return List.copyOf(results);
  }

  /** Those of one kind. */
  <R extends ProbeResult> Stream<R> results(Class<R> kind) {
    return results.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The first result of a location, once that was requested. */
  Optional<ProbeResult> firstOf(PlaceName place) {
    return results.stream().filter(result -> result.finding().place() == place).findFirst();
  }

  /** The first URL that was not followed, of those that the service itself gave. */
  Optional<RefusedUrlException> refused() {
    return results(NotFollowed.class).map(NotFollowed::refusal).findFirst();
  }

  /** The first form other than an MP4 in which the content came, or which the job's JSON has. */
  Optional<OtherForm> otherForm() {
    return inAnotherForm().flatMap(NoVideo::form).or(this::formInJob);
  }

  /** The first response with the content in such a form. */
  Optional<NoVideo> inAnotherForm() {
    return results(NoVideo.class).filter(result -> result.form().isPresent()).findFirst();
  }

  private Optional<OtherForm> formInJob() {
    return hasSiblings() ? Optional.empty() : Base64Video.in(job.response().json().toString());
  }

  /**
   * Whether a location is worth its requests after what came so far. Where the service has pointed
   * to a URL that is not followed, or has sent the video in another form, guesses find nothing
   * better: only what it names can be requested. Nor do they where the documented address did not
   * show whether it has the content: only the URLs in the job are worth it then, since a server may
   * have its videos there and no content route that works.
   */
  boolean isWorthwhile(ContentLocation location) {
    Optional<SoraException> inconclusive = inconclusive();
    if (inconclusive.isPresent()) {
      return location.isNamedByJob() && !isLastWord(inconclusive.get());
    }
    return otherForm().isPresent()
        ? location.isKnown() && location.name() != PlaceName.GENERATION
        : location.isKnown() || refused().isEmpty();
  }

  /**
   * The failure of the documented address, where that is inconclusive: a service that refuses, is
   * retired or is down does not show where the content is, and "not ready" is a response of its
   * own. The search ends there unless a URL in the job has the video.
   */
  Optional<SoraException> inconclusive() {
    return firstOf(PlaceName.DOCUMENTED)
        .map(result -> result instanceof Failed failed ? failed.failure() : null)
        .filter(
            failure ->
                failure.kind() != Kind.NOT_FOUND && failure.kind() != Kind.REJECTED
                    || SoraErrors.isNotReady(status(failure)));
  }

  /**
   * Whether no request at all may follow: the video is deleted, or was refused for what is in it,
   * or the service requires a pause of a given length.
   */
  private static boolean isLastWord(SoraException failure) {
    return failure.kind() == Kind.EXPIRED
        || failure.kind() == Kind.MODERATED
        || failure.retryAfter().isPresent()
            && status(failure) != null
            && PAUSES.contains(status(failure));
  }

  private static @Nullable Integer status(SoraException failure) {
    return failure.attempts().get(0).status();
  }
}
