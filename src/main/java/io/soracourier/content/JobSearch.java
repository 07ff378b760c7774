package io.soracourier.content;

import io.soracourier.content.Finding.Result;
import io.soracourier.content.ProbeResult.NotFollowed;
import io.soracourier.content.ProbeResult.Video;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobReader;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraConfig;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoJob;
import io.soracourier.sora.VideoJobs;
import io.soracourier.sora.WrongEndpoint;
import io.soracourier.url.Redirect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests a job as a person would, and keeps what came. */
@ApplicationScoped
public class JobSearch {
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
   * @param job where the last of them gave it
   */
  public record FoundJob(List<Finding> findings, Optional<VideoJob> job) {}

  /** Requests the API that the id belongs to, and the others where that does not know the job. */
  public FoundJob find(JobId id) {
    List<Finding> findings = new ArrayList<>();
    for (VideoApi api : VideoJobs.apis(id, config)) {
      Optional<VideoJob> job = request(id, api, findings);
      if (job.isPresent()) {
        return new FoundJob(findings, job);
      }
    }
    return new FoundJob(findings, Optional.empty());
  }

  private Optional<VideoJob> request(JobId id, VideoApi api, List<Finding> findings) {
    ProbeResult result = probe.request(PlaceName.JOB, Candidate.own(api, endpoint.job(api, id)));
    if (result instanceof Video video) {
      video.response().close();
    }
    Finding finding = result.finding();
    Optional<VideoJob> job = Optional.empty();
    if (result instanceof Video) {
      finding = finding.judged(Result.UNAVAILABLE, "a video came instead of the job");
    } else if (result instanceof NotFollowed) {
      finding = wrong(finding, finding.explanation());
    } else if (isElsewhere(finding)) {
      List<Redirect> redirects = finding.redirects();
      finding =
          wrong(finding, "a redirect to " + redirects.get(redirects.size() - 1).to().getHost());
    } else if (result.json().isPresent()) {
      try {
        job = Optional.of(reader.read(id, api, result.json().get()));
        finding = found(finding);
      } catch (SoraException e) {
        finding = finding.judged(Result.UNAVAILABLE, errors.explanation(e));
      }
    }
    findings.add(finding);
    return job;
  }

  /**
   * Whether a redirect led to what came, whatever that is: the courier follows none for a job. A
   * page is reported as one.
   */
  private static boolean isElsewhere(Finding finding) {
    return !finding.redirects().isEmpty() && finding.result() != Result.WRONG_ENDPOINT;
  }

  private static Finding wrong(Finding finding, String what) {
    return finding.judged(Result.WRONG_ENDPOINT, WrongEndpoint.notAJob(what));
  }

  /** A job with the response "accepted" exists. */
  private static Finding found(Finding finding) {
    return finding.result() == Result.NOT_FOUND
        ? finding.judged(Result.NAMES_NO_URL, "the job is not done yet")
        : finding;
  }
}
