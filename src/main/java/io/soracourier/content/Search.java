package io.soracourier.content;

import io.soracourier.content.Finding.Result;
import io.soracourier.content.FoundUrl.Source;
import io.soracourier.content.Probe.Probed;
import io.soracourier.sora.Generation;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  Optional<Probed> firstOf(String place) {
    return probes.stream().filter(probed -> probed.finding().place().equals(place)).findFirst();
  }

  /** A failure that says nothing of where the content is, only that it is unknown. */
  Optional<SoraException> transientFailure() {
    return probes.stream()
        .map(Probed::failure)
        .filter(failure -> failure != null && failure.isTransient())
        .findFirst();
  }

  List<Candidate> documentedAddress() {
    return Stream.of(generation.content(), generation.otherContent())
        .filter(Objects::nonNull)
        .map(content -> Candidate.own(job.api(), content))
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
    firstOf(ContentLocations.POLLING)
        .map(probed -> probed.finding().urls())
        .map(urls -> urls.stream().filter(url -> url.source() == Source.HEADER).toList())
        .ifPresent(urls -> found.addAll(named(urls, "the headers of the generation")));
    return found;
  }

  private List<Candidate> named(List<FoundUrl> urls, String answer) {
    return urls.stream().map(url -> Candidate.named(job.api(), url, answer)).toList();
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
    Probed probed = probe.get(place.name(), candidate);
    probes.add(probed);
    if (probed.finding().result() == Result.VIDEO) {
      return Optional.of(new Found(candidate, probed.video()));
    }
    boolean mayBeOthers = generation.index() > 0 && probed.finding().urls().size() > 1;
    if (followAnswer && !mayBeOthers) {
      for (FoundUrl url : probed.finding().urls()) {
        if (place.follows().contains(url.source())) {
          Optional<Found> found =
              ask(
                  place,
                  Candidate.named(
                      job.api(), url, "the answer of GET " + candidate.shown().getRawPath()),
                  false);
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
