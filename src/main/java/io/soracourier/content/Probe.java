package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.content.Finding.Response;
import io.soracourier.content.Finding.Result;
import io.soracourier.content.ProbeResult.Failed;
import io.soracourier.content.ProbeResult.NoVideo;
import io.soracourier.content.ProbeResult.NotFollowed;
import io.soracourier.content.ProbeResult.Video;
import io.soracourier.identity.IdentityException;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.ServiceJson;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.WrongEndpoint;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.Redirect;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.url.UrlFinder;
import io.soracourier.video.Base64Video;
import io.soracourier.video.OtherForm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests one candidate and classifies the response by its status, its headers and its first
 * bytes: a video is recognised by its {@code ftyp} box, its content type is ignored.
 */
@ApplicationScoped
public class Probe {
  private static final int MAX_OTHER = 8 * 1024;

  private final ContentClient client;
  private final SoraErrors errors;
  private final Clock clock;

  Probe(ContentClient client, SoraErrors errors, Clock clock) {
    this.client = client;
    this.errors = errors;
    this.clock = clock;
  }

  private record Request(
      PlaceName place, Candidate candidate, Instant begin, List<Redirect> redirects) {
    /** A job's JSON is read as when the courier looks at it, and its response is not a page. */
    boolean isForJob() {
      return place == PlaceName.JOB;
    }
  }

  ProbeResult request(PlaceName place, Candidate candidate) {
    Request request = new Request(place, candidate, clock.instant(), new ArrayList<>());
    ContentResponse response;
    try {
      response = client.fetch(candidate, Map.of(), request.redirects()::add);
    } catch (SoraException e) {
      Failed failed = failed(request, null, e, Optional.empty());
      return e.getCause() instanceof IdentityException
          ? new Failed(failed.finding().notSent(), e, failed.json())
          : failed;
    } catch (RefusedUrlException e) {
      return new NotFollowed(finding(request, null, Result.NOT_FOLLOWED, e.getMessage()), e);
    }
    try {
      return read(request, response);
    } catch (RuntimeException e) {
      response.close();
      throw e;
    }
  }

  private ProbeResult read(Request request, ContentResponse response) {
    boolean success = request.isForJob() ? response.status() / 100 == 2 : isWhole(response);
    if (success && response.isMp4()) {
      Response described = Response.of(response);
      return new Video(finding(request, described, Result.VIDEO, "the video is here"), response);
    }
    Optional<OtherForm> form = success ? response.otherForm() : Optional.empty();
    if (form.isPresent() && response.body().failure() == null) {
      response.close();
      String what = form.get().sentence();
      Response described = Response.of(response);
      return new NoVideo(
          finding(request, described, Result.NOT_A_VIDEO, what), form, Optional.empty());
    }
    String body =
        success && response.isJson() ? response.body().json() : response.body().text(MAX_OTHER);
    response.close();
    ProbeResult result =
        success
            ? read(request, response, body)
            : failed(
                request,
                Response.of(response, ServiceJson.document(body), List.of()),
                failure(request, response, body),
                Optional.empty());
    return request.isForJob() ? unlessPage(result, response, body) : result;
  }

  /** Only content may be "not ready yet"; a job that is busy may be there. */
  private SoraException failure(Request request, ContentResponse response, String body) {
    return request.isForJob()
        ? errors.ofResponse(response.shownUri(), response.status(), response::header, body)
        : client.failure(response, body);
  }

  /** A part of the content is not the content. */
  private static boolean isWhole(ContentResponse response) {
    if (response.status() != 206) {
      return response.status() / 100 == 2;
    }
    return ContentRange.of(response)
        .filter(range -> range.first() == 0 && range.isToTheEnd())
        .isPresent();
  }

  private ProbeResult read(Request request, ContentResponse response, String body) {
    if (response.body().failure() != null) {
      SoraException cut = errors.withoutResponse(response.shownUri(), response.body().failure());
      return failed(request, Response.of(response), cut, Optional.empty());
    }
    JsonNode json = ServiceJson.documentOrText(body);
    ServiceResponse service =
        new ServiceResponse(response.uri(), response.status(), response.headers(), json);
    List<FoundUrl> urls = UrlFinder.in(service);
    boolean isJson = json.isContainerNode();
    Response described = Response.of(response, json, urls);
    if (response.status() == 202 && urls.isEmpty()) {
      return failed(request, described, client.failure(response, body), Optional.of(service));
    }
    Result result =
        !urls.isEmpty() ? Result.NAMES_URLS : isJson ? Result.NAMES_NO_URL : Result.NOT_A_VIDEO;
    Optional<OtherForm> form = Base64Video.in(body);
    String what = form.map(OtherForm::sentence).orElseGet(() -> BodyWords.what(body, json));
    String encoding = response.unknownEncoding().map(it -> ", and its " + it).orElse("");
    return new NoVideo(
        finding(request, described, result, what + encoding + BodyWords.naming(urls.size())),
        form,
        Optional.of(service).filter(any -> isJson));
  }

  private ProbeResult unlessPage(ProbeResult result, ContentResponse response, String body) {
    return WrongEndpoint.in(response.shownUri(), response.status(), response::header, body)
        .<ProbeResult>map(
            page ->
                new Failed(
                    result.finding().judged(Result.WRONG_ENDPOINT, errors.explanation(page)),
                    page,
                    Optional.empty()))
        .orElse(result);
  }

  private Failed failed(
      Request request,
      @Nullable Response response,
      SoraException failure,
      Optional<ServiceResponse> json) {
    Result result = Result.of(failure.kind());
    return new Failed(
        finding(request, response, result, errors.explanation(failure)), failure, json);
  }

  private Finding finding(
      Request request, @Nullable Response response, Result result, String explanation) {
    return new Finding(
        request.place(),
        request.candidate(),
        client.sendsCredential(request.candidate().uri()),
        request.redirects(),
        response,
        Duration.between(request.begin(), clock.instant()),
        result,
        explanation);
  }
}
