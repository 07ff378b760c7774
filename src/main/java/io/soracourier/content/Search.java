package io.soracourier.content;

import io.soracourier.content.Finding.Result;
import io.soracourier.content.FoundUrl.Source;
import io.soracourier.content.Probe.Probed;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobState;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One search for the content of one generation: asks each address once and remembers what was
 * answered.
 */
final class Search {
  private final Probe probe;
  private final VideoJob job;
  private final Generation generation;
  private final Set<URI> asked = new HashSet<>();
  private final List<Probed> probes = new ArrayList<>();

  Search(Probe probe, VideoJob job, Generation generation) {
    this.probe = probe;
    this.job = job;
    this.generation = generation;
  }

  String id() {
    return generation.id();
  }

  String jobId() {
    return job.id().value();
  }

  /** Whether the job has other videos, so that an address must tell whose content it is. */
  boolean hasSiblings() {
    return job.generations().size() > 1;
  }

  /** What was asked and answered so far, in order. */
  List<Probed> probes() {
    return List.copyOf(probes);
  }

  /** The first answer of a place, once that was asked. */
  Optional<Probed> firstOf(PlaceName place) {
    return probes.stream().filter(probed -> probed.finding().place() == place).findFirst();
  }

  /** The first URL that was not followed, of those that the service itself gave. */
  Optional<RefusedUrlException> refused() {
    return probes.stream().map(Probed::refused).filter(Objects::nonNull).findFirst();
  }

  /** The first form other than an MP4 in which the content came, or which the job's JSON has. */
  Optional<OtherForm> otherForm() {
    return probes.stream()
        .map(Probed::other)
        .filter(Objects::nonNull)
        .findFirst()
        .or(this::inTheJobItself);
  }

  private Optional<OtherForm> inTheJobItself() {
    return hasSiblings() ? Optional.empty() : Base64Video.in(job.answer().json().toString());
  }

  /** Whether the job is done, so that its content is as it will be. */
  boolean isOfDoneJob() {
    return job.state() == JobState.SUCCEEDED;
  }

  /**
   * Whether a place is worth its requests after what was answered so far. Where the service has
   * pointed to a URL that is not followed, or has given the video in another form, guesses find
   * nothing better: what it names is all that can be asked. Nor do they where the documented
   * address did not say whether it has the content.
   */
  boolean isWorthwhile(ContentLocation place) {
    Optional<SoraException> standing = standing();
    if (standing.isPresent()) {
      return place.isNamedByJob() && !StandingFailure.isLastWord(standing.get());
    }
    return otherForm().isPresent()
        ? place.isKnown() && place.name() != PlaceName.GENERATION
        : place.isKnown() || refused().isEmpty();
  }

  /** What stands unless a URL that the job names has the video, see {@link StandingFailure}. */
  Optional<SoraException> standing() {
    return firstOf(PlaceName.DOCUMENTED).map(Probed::failure).filter(StandingFailure::isOne);
  }

  /** A failure that says nothing of where the content is, only that it is unknown. */
  Optional<SoraException> transientFailure(Predicate<Probed> of) {
    return probes.stream()
        .filter(of)
        .map(Probed::failure)
        .filter(failure -> failure != null && failure.isTransient())
        .findFirst();
  }

  List<Candidate> documentedAddress() {
    return Stream.of(generation.content(), generation.otherContent())
        .filter(Objects::nonNull)
        .map(content -> Candidate.documented(job.api(), content))
        .toList();
  }

  List<Candidate> propertiesOfJob() {
    List<FoundUrl> urls =
        UrlFinder.inProperties(job, generation).stream()
            .filter(url -> !url.uri().equals(generation.content()))
            .toList();
    return named(urls, "the job's JSON");
  }

  /** Of the generation too, where that was asked. */
  List<Candidate> headersOfJobAndGeneration() {
    List<Candidate> found =
        new ArrayList<>(named(UrlFinder.inHeaders(job, generation), "the headers of the job"));
    firstOf(PlaceName.GENERATION)
        .map(probed -> probed.finding().urls())
        .map(urls -> urls.stream().filter(url -> url.source() == Source.HEADER).toList())
        .ifPresent(urls -> found.addAll(named(urls, "the headers of the generation")));
    return found;
  }

  private List<Candidate> named(List<FoundUrl> urls, String answer) {
    return urls.stream().map(url -> named(url, answer)).toList();
  }

  private Candidate named(FoundUrl url, String answer) {
    return Candidate.named(job.api(), url, answer, generation.content());
  }

  /** Asks all addresses of a place, and those that their answers name, until one gives a video. */
  Optional<Found> ask(ContentLocation place) {
    for (Candidate candidate : place.candidates().apply(this)) {
      Optional<Found> found = ask(place, candidate, true);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> ask(ContentLocation place, Candidate candidate, boolean followAnswer) {
    if (!asked.add(candidate.uri())) {
      return Optional.empty();
    }
    Probed probed = probe.get(place.name(), candidate, false);
    probes.add(probed);
    if (probed.finding().result() == Result.VIDEO) {
      return Optional.of(new Found(candidate, probed.video()));
    }
    boolean mayBeOthers = generation.index() > 0 && probed.finding().urls().size() > 1;
    if (followAnswer && !mayBeOthers) {
      for (FoundUrl url : probed.finding().urls()) {
        if (place.follows().contains(url.source())) {
          Optional<Found> found =
              ask(place, named(url, "the answer of GET " + candidate.shown().getRawPath()), false);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A video, with nothing of it read yet. */
  record Found(Candidate candidate, ContentResponse answer) {}
}
