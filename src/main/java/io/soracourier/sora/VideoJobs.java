package io.soracourier.sora;

import io.soracourier.sora.SoraException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Finds a job, at the API its id belongs to. */
@ApplicationScoped
public class VideoJobs {
  private final SoraClient client;
  private final SoraConfig config;

  VideoJobs(SoraClient client, SoraConfig config) {
    this.client = client;
    this.config = config;
  }

  /**
   * Asks for a job once. An id only hints at its API, because gateways issue ids of their own;
   * where the setting leaves it open, the other API is asked when the likelier one does not know
   * the job. It is not known that there is none while the other one cannot be asked.
   *
   * @throws SoraException as {@link SoraClient#job}
   */
  public VideoJob find(JobId id) {
    return switch (config.api()) {
      case SORA_1 -> client.job(id, VideoApi.SORA_1);
      case VIDEOS -> client.job(id, VideoApi.VIDEOS);
      case AUTO -> either(id);
    };
  }

  private VideoJob either(JobId id) {
    try {
      return client.job(id, id.likelyApi());
    } catch (SoraException first) {
      if (first.kind() != Kind.NOT_FOUND) {
        throw first;
      }
      return other(id, first);
    }
  }

  private VideoJob other(JobId id, SoraException first) {
    try {
      return client.job(id, id.likelyApi().other());
    } catch (SoraException second) {
      if (second.isTransient()) {
        throw second;
      }
      List<Attempt> attempts = new ArrayList<>(first.attempts());
      attempts.addAll(second.attempts());
      throw new SoraException(
          Kind.NOT_FOUND, attempts, null, first.getMessage() + "; " + second.getMessage(), first);
    }
  }
}
