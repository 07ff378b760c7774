package io.soracourier.content;

import static io.soracourier.sora.VideoApi.SORA_1;

import io.soracourier.content.Finding.Verdict;
import io.soracourier.content.Probe.Probed;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.ServiceAnswer;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One search for the content of one generation: asks each address once and remembers what was
 * answered.
 */
final class Search {
  private final Probe probe;
  private final Endpoint endpoint;
  private final VideoJob job;
  private final Generation generation;
  private final Set<URI> asked = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Finding, SoraException> failures = new LinkedHashMap<>();
  private Optional<ServiceAnswer> generationAnswer;

  Search(Probe probe, Endpoint endpoint, VideoJob job, Generation generation) {
    this.probe = probe;
    this.endpoint = endpoint;
    this.job = job;
    this.generation = generation;
  }

  Generation generation() {
    return generation;
  }

  String id() {
    return generation.id();
  }

  String jobId() {
    return job.id().value();
  }

  /** What was answered so far, in order. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The answer of the documented endpoint, once that was asked. */
  Optional<Finding> documented() {
    return findings.stream()
        .filter(finding -> finding.place().equals(Places.DOCUMENTED))
        .findFirst();
  }

  /** The failure behind a finding that is one. */
  Optional<SoraException> failure(Finding finding) {
    return Optional.ofNullable(failures.get(finding));
  }

  /** A failure that says nothing of where the content is, only that it could not be told. */
  Optional<SoraException> transientFailure() {
    return failures.values().stream().filter(SoraException::isTransient).findFirst();
  }

  List<FoundUrl> urlsInJob() {
    return UrlFinder.inProperties(job.answer());
  }

  List<FoundUrl> urlsInGeneration() {
    return generationAnswer().map(UrlFinder::inProperties).orElse(List.of());
  }

  List<FoundUrl> urlsInHeaders() {
    List<FoundUrl> found = new ArrayList<>(UrlFinder.inHeaders(job.answer()));
    generationAnswer().map(UrlFinder::inHeaders).ifPresent(found::addAll);
    return found;
  }

  /** Asks all addresses of a place, and those that their answers name, until one gives a video. */
  Optional<Found> ask(Place place) {
    for (URI uri : place.candidates().apply(this)) {
      Optional<Found> found = ask(place.name(), uri, true);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> ask(String place, URI uri, boolean followAnswer) {
    if (!asked.add(uri)) {
      return Optional.empty();
    }
    Probed probed = probe.get(place, uri);
    findings.add(probed.finding());
    if (probed.failure() != null) {
      failures.put(probed.finding(), probed.failure());
    }
    if (probed.finding().verdict() == Verdict.VIDEO) {
      return Optional.of(new Found(uri, probed.video()));
    }
    if (followAnswer) {
      for (FoundUrl url : probed.finding().urls()) {
        Optional<Found> found =
            ask(place + ", then " + url.where() + " of its answer", url.uri(), false);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Sora 1 describes a generation by itself; the other API's videos are their own jobs. */
  private Optional<ServiceAnswer> generationAnswer() {
    if (generationAnswer == null) {
      generationAnswer = Optional.empty();
      if (job.api() == SORA_1) {
        Probed probed =
            probe.get(
                Places.POLLING,
                URI.create(
                    endpoint.base()
                        + "/video/generations/"
                        + generation.id()
                        + "?api-version=preview"));
        findings.add(probed.finding());
        generationAnswer = Optional.ofNullable(probed.json());
        if (probed.video() != null) {
          probed.video().close();
        }
      }
    }
    return generationAnswer;
  }

  /** A video, with nothing of it read yet. */
  record Found(URI uri, ContentAnswer answer) {}
}
