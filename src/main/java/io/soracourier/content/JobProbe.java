package io.soracourier.content;

import io.soracourier.content.Finding.Result;
import io.soracourier.content.Probe.Probed;
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
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks for a job as a person would, and keeps what was answered. */
@ApplicationScoped
public class JobProbe {
  private final Probe probe;
  private final Endpoint endpoint;
  private final JobReader reader;
  private final SoraErrors errors;
  private final SoraConfig config;

  JobProbe(Probe probe, Endpoint endpoint, JobReader reader, SoraErrors errors, SoraConfig config) {
    this.probe = probe;
    this.endpoint = endpoint;
    this.reader = reader;
    this.errors = errors;
    this.config = config;
  }

  /**
   * What one API answered.
   *
   * @param job the job, where it gave one
   */
  public record Asked(Finding finding, Optional<VideoJob> job) {}

  /** Asks the API that the id belongs to, and the others where that does not know the job. */
  public List<Asked> ask(JobId id) {
    List<Asked> asked = new ArrayList<>();
    for (VideoApi api : VideoJobs.apis(id, config)) {
      Asked answer = ask(id, api);
      asked.add(answer);
      if (answer.job().isPresent()) {
        break;
      }
    }
    return asked;
  }

  private Asked ask(JobId id, VideoApi api) {
    Probed probed = probe.get(PlaceName.JOB, Candidate.own(api, endpoint.job(api, id)), true);
    if (probed.video() != null) {
      probed.video().close();
    }
    if (probed.page() != null) {
      return wrong(probed.finding(), errors.explanation(probed.page()));
    }
    if (probed.finding().result() == Result.NOT_FOLLOWED) {
      return wrong(probed.finding(), WrongEndpoint.notAJob(probed.finding().explanation()));
    }
    if (probed.json() == null) {
      return new Asked(probed.finding(), Optional.empty());
    }
    if (!probed.json().uri().equals(probed.finding().uri())) {
      // The courier sends its credential to the endpoint and nowhere else.
      String where = "a redirect to " + probed.json().uri().getHost();
      return wrong(probed.finding(), WrongEndpoint.notAJob(where));
    }
    try {
      VideoJob job = reader.read(id, api, probed.json());
      return new Asked(found(probed.finding()), Optional.of(job));
    } catch (SoraException e) {
      return new Asked(
          probed.finding().judged(Result.UNAVAILABLE, errors.explanation(e)), Optional.empty());
    }
  }

  private static Asked wrong(Finding finding, String why) {
    return new Asked(finding.judged(Result.WRONG_ENDPOINT, why), Optional.empty());
  }

  /** A job that the service answers with "accepted" is there. */
  private static Finding found(Finding finding) {
    return finding.result() == Result.NOT_FOUND
        ? finding.judged(Result.NAMES_NO_URL, "the job is not done yet")
        : finding;
  }
}
