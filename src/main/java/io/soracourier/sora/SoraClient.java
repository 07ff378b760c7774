package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.identity.IdentityException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks the video service about jobs, over either API. */
@ApplicationScoped
public class SoraClient {
  private final Endpoint endpoint;
  private final SoraJobsApi jobs;
  private final VideosApi videos;
  private final SoraAuthentication authentication;
  private final SoraErrors errors;
  private final JobReader reader;
  private final ServiceClock serviceClock;
  private final Duration longestAnswer;

  SoraClient(
      Endpoint endpoint,
      SoraJobsApi jobs,
      VideosApi videos,
      SoraAuthentication authentication,
      SoraErrors errors,
      JobReader reader,
      ServiceClock serviceClock,
      SoraConfig config) {
    this.endpoint = endpoint;
    this.jobs = jobs;
    this.videos = videos;
    this.authentication = authentication;
    this.errors = errors;
    this.reader = reader;
    this.serviceClock = serviceClock;
    this.longestAnswer = config.readTimeout();
  }

  /**
   * One look at a job, by the policy {@link SoraPolicies#JOB}.
   *
   * @throws SoraException when the service answered anything but the job
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException without
   *     a request, while the service is known to be down
   */
  @ApplyGuard(SoraPolicies.JOB)
  public VideoJob job(JobId id, VideoApi api) {
    URI uri = endpoint.job(api, id);
    return switch (api) {
      case SORA_1 ->
          reader.read(id, api, ask(uri, () -> jobs.job(id.value(), SoraJobsApi.API_VERSION)));
      case VIDEOS -> reader.read(id, api, ask(uri, () -> videos.video(id.value())));
    };
  }

  private ServiceAnswer ask(URI uri, Supplier<RestResponse<InputStream>> request) {
    RestResponse<InputStream> answer = send(uri, request);
    String body = body(uri, answer);
    if (answer.getStatus() == 401 && renew(uri)) {
      answer = send(uri, request);
      body = body(uri, answer);
    }
    if (answer.getStatus() / 100 != 2) {
      throw errors.answered(uri, answer.getStatus(), answer::getHeaderString, body);
    }
    try {
      return new ServiceAnswer(uri, answer.getStringHeaders(), ServiceJson.read(body));
    } catch (JsonProcessingException e) {
      throw errors.unreadable(uri, answer.getStatus(), body);
    }
  }

  private boolean renew(URI uri) {
    try {
      return authentication.renew();
    } catch (IdentityException e) {
      throw errors.unauthenticated(uri, e);
    }
  }

  private RestResponse<InputStream> send(URI uri, Supplier<RestResponse<InputStream>> request) {
    try {
      Consumer<String> date = serviceClock.asking();
      RestResponse<InputStream> answer = request.get();
      date.accept(answer.getHeaderString("Date"));
      return answer;
    } catch (RuntimeException e) {
      // Of whatever type: the client throws others too, for a header of the answer for example.
      throw IdentityException.behind(e)
          .map(identity -> errors.unauthenticated(uri, identity))
          .orElseGet(() -> errors.unanswered(uri, e));
    }
  }

  private String body(URI uri, RestResponse<InputStream> answer) {
    try {
      return AnswerBody.read(
          answer.getEntity(), answer.getHeaderString("Content-Encoding"), longestAnswer);
    } catch (IOException e) {
      throw errors.unanswered(uri, e);
    }
  }
}
