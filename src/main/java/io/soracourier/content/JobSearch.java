package io.soracourier.content;

import io.soracourier.content.Finding.Result;
import io.soracourier.content.ProbeResult.Failed;
import io.soracourier.content.ProbeResult.NotFollowed;
import io.soracourier.content.ProbeResult.Video;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobReader;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraConfig;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoJob;
import io.soracourier.sora.VideoJobs;
import io.soracourier.sora.WrongEndpoint;
import io.soracourier.url.Redirect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests a job as a person would, and keeps what came. */
@ApplicationScoped
public class JobSearch {
  private static final String NOT_THE_KEY =
      "; the other address of the job gave it, so neither the key nor a role is at fault";

  private final Probe probe;
  private final Endpoint endpoint;
  private final JobReader reader;
  private final SoraErrors errors;
  private final SoraConfig config;

  JobSearch(
      Probe probe, Endpoint endpoint, JobReader reader, SoraErrors errors, SoraConfig config) {
    this.probe = probe;
    this.endpoint = endpoint;
    this.reader = reader;
    this.errors = errors;
    this.config = config;
  }

  /**
   * What came.
   *
   * @param findings one for each API that was requested, in order; at least one
   * @param job where the courier gets it, as {@link VideoJobs#find} decides of the same responses
   * @param failure what the courier gets in place of it
   * @param isElsewhere whether the last of them gave a job nevertheless, where the courier does not
   *     request it
   */
  public record FoundJob(
      List<Finding> findings,
      Optional<VideoJob> job,
      Optional<SoraException> failure,
      boolean isElsewhere) {}

  /** Requests the API that the id belongs to, and the others where that does not give the job. */
  public FoundJob find(JobId id) {
    List<VideoApi> apis = VideoJobs.apis(id, config);
    List<Finding> findings = new ArrayList<>();
    Map<VideoApi, SoraException> failures = new LinkedHashMap<>();
    VideoJob given = null;
    for (VideoApi api : apis) {
      try {
        given = request(id, api, findings);
        break;
      } catch (SoraException e) {
        failures.put(api, e);
      }
    }
    try {
      VideoJob job = ofCourier(apis, failures, given);
      return new FoundJob(
          withoutAdvice(findings, failures), Optional.of(job), Optional.empty(), false);
    } catch (SoraException e) {
      return new FoundJob(findings, Optional.empty(), Optional.of(e), given != null);
    }
  }

  private static VideoJob ofCourier(
      List<VideoApi> apis, Map<VideoApi, SoraException> failures, @Nullable VideoJob given) {
    return VideoJobs.first(
        apis,
        api -> {
          SoraException failure = failures.get(api);
          if (failure != null) {
            throw failure;
          }
          return Objects.requireNonNull(given, "each other one was requested in vain");
        });
  }

  /** A refusal at one address is not about a credential that the other one has accepted. */
  private static List<Finding> withoutAdvice(
      List<Finding> findings, Map<VideoApi, SoraException> failures) {
    List<Finding> all = new ArrayList<>(findings);
    int i = 0;
    for (SoraException failure : failures.values()) {
      if (failure.kind() == Kind.DENIED) {
        String words = failure.attempts().get(0).error();
        all.set(i, all.get(i).judged(Result.DENIED, words + NOT_THE_KEY));
      }
      i++;
    }
    return all;
  }

  private VideoJob request(JobId id, VideoApi api, List<Finding> findings) {
    ProbeResult result = probe.request(PlaceName.JOB, Candidate.own(api, endpoint.job(api, id)));
    if (result instanceof Video video) {
      video.response().close();
    }
    Finding finding = result.finding();
    if (result instanceof Video) {
      throw failed(
          Kind.UNREADABLE,
          finding.judged(Result.UNAVAILABLE, "a video came instead of the job"),
          findings);
    }
    if (isElsewhere(finding)) {
      Redirect first = finding.redirects().get(0);
      SoraException redirect =
          WrongEndpoint.redirect(
              finding.candidate().shown(), first.status(), first.to().toString());
      findings.add(finding.judged(Result.WRONG_ENDPOINT, errors.explanation(redirect)));
      throw redirect;
    }
    if (result instanceof NotFollowed) {
      throw failed(
          Kind.WRONG_ENDPOINT,
          finding.judged(Result.WRONG_ENDPOINT, finding.explanation() + WrongEndpoint.ADVICE),
          findings);
    }
    if (result.json().isPresent()) {
      try {
        VideoJob job = reader.read(id, api, result.json().get());
        findings.add(found(finding));
        return job;
      } catch (SoraException e) {
        findings.add(finding.judged(Result.UNAVAILABLE, errors.explanation(e)));
        throw e;
      }
    }
    if (result instanceof Failed failed) {
      findings.add(finding);
      throw failed.failure();
    }
    throw failed(Kind.UNREADABLE, finding, findings);
  }

  /**
   * Whether a redirect led to what came, whatever that is: the courier follows none for a job. A
   * page is reported as one.
   */
  private static boolean isElsewhere(Finding finding) {
    return !finding.redirects().isEmpty() && finding.result() != Result.WRONG_ENDPOINT;
  }

  /** Adds the finding, and returns it as the failure that the courier would meet. */
  private static SoraException failed(Kind kind, Finding finding, List<Finding> findings) {
    findings.add(finding);
    Finding.Response response = finding.response();
    Integer status = response == null ? null : response.status();
    Attempt attempt = Attempt.get(finding.candidate().shown(), status, finding.explanation());
    String message =
        status == null
            ? attempt.request() + ": " + attempt.error()
            : "%s returned %d: %s".formatted(attempt.request(), status, attempt.error());
    return new SoraException(kind, List.of(attempt), null, message, null);
  }

  /** A job with the response "accepted" exists. */
  private static Finding found(Finding finding) {
    return finding.result() == Result.NOT_FOUND
        ? finding.judged(Result.NAMES_NO_URL, "the job is not done yet")
        : finding;
  }
}
