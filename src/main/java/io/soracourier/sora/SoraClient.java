package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import io.soracourier.identity.IdentityException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks the video service about jobs, over either API. */
@ApplicationScoped
public class SoraClient {
  private final Endpoint endpoint;
  private final SoraJobsApi jobs;
  private final VideosApi videos;
  private final SoraAuthentication authentication;
  private final SoraErrors errors;
  private final ObjectMapper json;

  SoraClient(
      Endpoint endpoint,
      SoraJobsApi jobs,
      VideosApi videos,
      SoraAuthentication authentication,
      SoraErrors errors,
      ObjectMapper json) {
    this.endpoint = endpoint;
    this.jobs = jobs;
    this.videos = videos;
    this.authentication = authentication;
    this.errors = errors;
    this.json = json;
  }

  /**
   * One look at a job. Two short retries ride out a hiccup; anything longer is for the queue. The
   * circuit opens when three of four calls fail, so that a service that is down is left alone while
   * messages keep coming.
   *
   * @throws SoraException when the service answered anything but the job
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException without
   *     a request, while the service is known to be down
   */
  @Retry(maxRetries = 2, maxDuration = 60_000, jitter = 0)
  @RetryWhen(exception = ShortRetry.class)
  @CustomBackoff(ShortRetry.class)
  @CircuitBreaker(
      requestVolumeThreshold = 20,
      failureRatio = 0.75,
      delay = 10_000,
      failOn = SoraUnavailableException.class)
  public VideoJob job(JobId id, VideoApi api) {
    URI uri =
        URI.create(
            endpoint.base()
                + (api == VideoApi.SORA_1 ? "/video/generations/jobs/" : "/videos/")
                + id);
    return switch (api) {
      case SORA_1 -> sora1(id, uri, ask(uri, () -> jobs.job(id.value(), SoraJobsApi.API_VERSION)));
      case VIDEOS -> video(id, uri, ask(uri, () -> videos.video(id.value())));
    };
  }

  private String ask(URI uri, Supplier<RestResponse<String>> request) {
    RestResponse<String> answer = send(uri, request);
    if (answer.getStatus() == 401 && authentication.renew()) {
      answer = send(uri, request);
    }
    String body = answer.getEntity() == null ? "" : answer.getEntity();
    if (answer.getStatus() / 100 != 2) {
      throw errors.answered(uri, answer.getStatus(), answer::getHeaderString, body);
    }
    return body;
  }

  private RestResponse<String> send(URI uri, Supplier<RestResponse<String>> request) {
    try {
      return request.get();
    } catch (IdentityException e) {
      throw errors.unauthenticated(uri, e);
    } catch (ProcessingException | WebApplicationException e) {
      throw e.getCause() instanceof IdentityException cause
          ? errors.unauthenticated(uri, cause)
          : errors.unanswered(uri, e);
    }
  }

  private VideoJob sora1(JobId id, URI uri, String body) {
    SoraJob job = read(uri, body, SoraJob.class);
    List<Generation> generations =
        Stream.ofNullable(job.generations())
            .flatMap(List::stream)
            .filter(generation -> generation != null && generation.id() != null)
            .map(
                generation ->
                    new Generation(
                        generation.id(),
                        content(VideoApi.SORA_1, generation.id()),
                        either(generation.width(), job.width()),
                        either(generation.height(), job.height()),
                        either(generation.seconds(), job.seconds())))
            .toList();
    return new VideoJob(
        id,
        VideoApi.SORA_1,
        JobState.of(job.status()),
        SoraErrors.printable(job.status()),
        time(job.createdAt()),
        time(job.finishedAt()),
        time(job.expiresAt()),
        generations,
        Optional.ofNullable(job.failureReason()),
        Optional.empty());
  }

  private VideoJob video(JobId id, URI uri, String body) {
    Video video = read(uri, body, Video.class);
    String[] size = video.size() == null ? new String[0] : video.size().split("x");
    Generation generation =
        new Generation(
            id.value(),
            content(VideoApi.VIDEOS, id.value()),
            size.length == 2 ? number(size[0]) : null,
            size.length == 2 ? number(size[1]) : null,
            number(video.seconds()));
    JobState state = JobState.of(video.status());
    Optional<Video.Failure> error = Optional.ofNullable(video.error());
    return new VideoJob(
        id,
        VideoApi.VIDEOS,
        state,
        SoraErrors.printable(video.status()),
        time(video.createdAt()),
        time(video.completedAt()),
        time(video.expiresAt()),
        state == JobState.SUCCEEDED ? List.of(generation) : List.of(),
        error.map(Video.Failure::code),
        error.map(Video.Failure::message));
  }

  /** Null where the service names something that is not an id: no request is made from that. */
  private URI content(VideoApi api, String generationId) {
    return JobId.isId(generationId) ? endpoint.content(api, generationId) : null;
  }

  private <T> T read(URI uri, String body, Class<T> type) {
    try {
      JsonNode tree = json.readTree(body);
      if (tree.path("status").isTextual()) {
        return json.treeToValue(tree, type);
      }
    } catch (JsonProcessingException e) {
      // said below, with the body as evidence
    }
    throw errors.unreadable(uri, 200, body);
  }

  private static Optional<Instant> time(Long seconds) {
    return Optional.ofNullable(seconds).filter(value -> value > 0).map(Instant::ofEpochSecond);
  }

  private static Integer either(Integer first, Integer second) {
    return first != null ? first : second;
  }

  private static Integer number(String text) {
    return text != null && text.matches("\\d{1,6}") ? Integer.valueOf(text) : null;
  }
}
