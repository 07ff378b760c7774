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

  /** The APIs that may know a job, in the order in which they are tried; at least one. */
  public static List<VideoApi> apis(JobId id, SoraConfig config) {
    return VideoApis.named(config.api()).map(List::of).orElseGet(() -> VideoApis.inOrder(id));
  }

  /**
   * Requests a job once. An id only hints at its API, because gateways issue ids of their own;
   * where the setting leaves it open, the next API is tried when the likelier one does not know the
   * job. A job is reported missing only if all of them could be reached.
   *
   * @throws SoraException as {@link SoraClient#job}
   */
  public VideoJob find(JobId id) {
    List<SoraException> misses = new ArrayList<>();
    for (VideoApi api : apis(id, config)) {
      try {
        return client.job(id, api);
      } catch (SoraException e) {
        boolean first = misses.isEmpty();
        if (first ? e.kind() != Kind.NOT_FOUND : e.isTransient()) {
          throw e;
        }
        misses.add(e);
      }
    }
    throw misses.size() == 1 ? misses.get(0) : missing(misses);
  }

  private static SoraException missing(List<SoraException> misses) {
    List<Attempt> attempts = misses.stream().flatMap(e -> e.attempts().stream()).toList();
    List<String> messages = misses.stream().map(SoraException::getMessage).toList();
    return new SoraException(
        Kind.NOT_FOUND, attempts, null, String.join("; ", messages), misses.get(0));
  }
}
