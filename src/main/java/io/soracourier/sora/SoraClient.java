package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.http.HttpGetClient;
import io.soracourier.http.StreamedResponse;
import io.soracourier.identity.IdentityException;
import io.soracourier.sora.SoraAuthentication.Credential;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests jobs from the video service, over either API. */
@ApplicationScoped
public class SoraClient {
  private final Endpoint endpoint;
  private final SoraAuthentication authentication;
  private final SoraErrors errors;
  private final JobReader reader;
  private final ServiceClock serviceClock;
  private final Duration readTimeout;
  private final HttpGetClient http;
  private final AddressPolicy addresses;

  SoraClient(
      Endpoint endpoint,
      SoraAuthentication authentication,
      SoraErrors errors,
      JobReader reader,
      ServiceClock serviceClock,
      SoraConfig config,
      HttpGetClient http,
      AddressPolicy addresses) {
    this.endpoint = endpoint;
    this.authentication = authentication;
    this.errors = errors;
    this.reader = reader;
    this.serviceClock = serviceClock;
    this.readTimeout = config.readTimeout();
    this.http = http;
    this.addresses = addresses;
  }

  /**
   * One look at a job, by the policy {@link SoraPolicies#JOB}.
   *
   * @throws SoraException when the service responded with anything but the job
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException without
   *     a request, while the service is known to be down
   */
  @ApplyGuard(SoraPolicies.JOB)
  public VideoJob job(JobId id, VideoApi api) {
    VideoJob job = reader.read(id, api, json(api, endpoint.job(api, id)));
    errors.sawResponse(id);
    return job;
  }

  /**
   * One request for the list of jobs, which shows whether there is such an API; the list is not
   * read.
   *
   * @throws SoraException when the service responded with anything but success
   */
  void list(VideoApi api) {
    json(api, endpoint.at(api.jobs()));
  }

  /**
   * A page of the list of jobs, by the policy {@link SoraPolicies#CONTENT}: a failure of the list
   * does not concern jobs, so no circuit counts it.
   *
   * @throws SoraException when the service responded with anything but a list
   */
  @ApplyGuard(SoraPolicies.CONTENT)
  public JobPage page(VideoApi api, JobsQuery query) {
    URI uri = endpoint.at(api.jobs(query));
    ServiceResponse response = json(api, uri);
    return new JobListReader(reader, api)
        .read(response.json())
        .orElseThrow(
            () -> errors.unreadable(uri, response.status(), ReceivedBody.shape(response.json())));
  }

  private ServiceResponse json(VideoApi api, URI uri) {
    Credential credential = authentication.credential(api);
    Received first = get(credential, uri);
    Received received =
        credential.isRenewedAfter(first.head.status()) ? get(credential, uri) : first;
    int status = received.head.status();
    Optional<SoraException> wrong =
        WrongEndpoint.in(uri, status, received.head::header, received.body);
    if (wrong.isPresent()) {
      throw wrong.get();
    }
    if (status / 100 != 2) {
      throw errors.ofResponse(uri, status, received.head::header, received.body);
    }
    JsonNode json = ServiceJson.document(received.body);
    if (json.isMissingNode() && status != ServiceResponse.ACCEPTED) {
      throw errors.unreadable(
          uri, status, received.problem.orElseGet(() -> ReceivedBody.words(received.body)));
    }
    return new ServiceResponse(uri, status, received.head.headers(), json);
  }

  /**
   * A response that has been read.
   *
   * @param body without the ends of long strings in it
   * @param problem why it was not read to its end, or may not be readable
   */
  private record Received(StreamedResponse head, String body, Optional<String> problem) {}

  private Received get(Credential credential, URI uri) {
    try {
      InetAddress[] checked = addresses.check(uri);
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Accept", "application/json");
      credential.header().ifPresent(key -> headers.put(key.getKey(), key.getValue()));
      Consumer<String> date = serviceClock.requesting();
      try (StreamedResponse response = http.get(uri, headers, checked)) {
        date.accept(response.header("Date"));
        ReceivedJson body = ReceivedJson.of(response, readTimeout);
        return new Received(response, body.text(), body.problem().or(response::unknownEncoding));
      }
    } catch (IdentityException e) {
      throw errors.unauthenticated(uri, e);
    } catch (IOException e) {
      throw errors.withoutResponse(uri, e);
    }
  }
}
