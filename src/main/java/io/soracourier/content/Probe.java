package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.content.Finding.Answer;
import io.soracourier.content.Finding.Result;
import io.soracourier.sora.JsonShape;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.ServiceJson;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.WrongEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks one place for content and says what came, from the status, the headers and the first bytes:
 * a video is recognised by its {@code ftyp} box, whatever its content type says.
 */
@ApplicationScoped
public class Probe {
  private static final int MAX_JSON = 256 * 1024;
  private static final int MAX_OTHER = 8 * 1024;
  private static final Pattern RANGE =
      Pattern.compile("(?i)bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final ContentClient client;
  private final SoraErrors errors;
  private final Clock clock;

  Probe(ContentClient client, SoraErrors errors, Clock clock) {
    this.client = client;
    this.errors = errors;
    this.clock = clock;
  }

  /**
   * What came.
   *
   * @param video the answer itself when it is a video, with nothing of it read yet, to be closed;
   *     else null
   * @param other the form of the content where that is a video's and no MP4's; else null
   * @param refused why the URL was not followed; null where it was
   * @param json the answer when it is JSON, or 202 with whatever; else null
   * @param failure what to throw when there is nothing better; null when it was answered with 2xx
   * @param page what to throw where this was to be a job, and a page for people came; else null
   */
  record Probed(
      Finding finding,
      ContentResponse video,
      OtherForm other,
      RefusedUrlException refused,
      ServiceResponse json,
      SoraException failure,
      SoraException page) {
    private static Probed of(Finding finding, ServiceResponse json, SoraException failure) {
      return new Probed(finding, null, null, null, json, failure, null);
    }

    private static Probed of(Finding finding, ContentResponse video) {
      return new Probed(finding, video, null, null, null, null, null);
    }

    private static Probed of(Finding finding, RefusedUrlException refused) {
      return new Probed(finding, null, null, refused, null, null, null);
    }

    private Probed as(OtherForm form) {
      return new Probed(finding, video, form, refused, json, failure, page);
    }

    private Probed with(SoraException thePage) {
      return new Probed(finding, video, other, refused, json, failure, thePage);
    }
  }

  private record Asking(
      PlaceName place, Candidate candidate, Instant begin, List<Redirect> redirects) {}

  /**
   * @param ofJob whether this is to be a job, whose JSON is read as when the courier looks at it
   */
  Probed get(PlaceName place, Candidate candidate, boolean ofJob) {
    Asking asking = new Asking(place, candidate, clock.instant(), new ArrayList<>());
    ContentResponse answer;
    try {
      answer = client.fetch(candidate, Map.of(), asking.redirects()::add);
    } catch (SoraException e) {
      return failed(asking, null, e);
    } catch (RefusedUrlException e) {
      return Probed.of(finding(asking, null, Result.NOT_FOLLOWED, e.getMessage()), e);
    }
    try {
      return read(asking, answer, ofJob);
    } catch (RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private Probed read(Asking asking, ContentResponse answer, boolean ofJob) {
    boolean success = isWhole(answer);
    if (success && answer.beginsWithFtyp()) {
      Answer described = Answer.of(answer, null, List.of());
      return Probed.of(finding(asking, described, Result.VIDEO, "the video is here"), answer);
    }
    Optional<OtherForm> form = success ? answer.otherForm() : Optional.empty();
    if (form.isPresent() && answer.cut() == null) {
      answer.close();
      Answer described = Answer.of(answer, null, List.of());
      String what = form.get().sentence();
      return Probed.of(finding(asking, described, Result.NOT_A_VIDEO, what), null, null)
          .as(form.get());
    }
    boolean json = success && answer.beginsWithJson();
    String body = json && ofJob ? answer.json() : answer.text(json ? MAX_JSON : MAX_OTHER);
    answer.close();
    return read(asking, answer, success, body)
        .with(
            WrongEndpoint.in(answer.shownUri(), answer.status(), answer::header, body)
                .orElse(null));
  }

  private Probed read(Asking asking, ContentResponse answer, boolean success, String body) {
    if (!success) {
      return failed(asking, Answer.of(answer, null, List.of()), client.failure(answer, body));
    }
    if (answer.cut() != null) {
      Answer described = Answer.of(answer, null, List.of());
      return failed(asking, described, errors.unanswered(answer.shownUri(), answer.cut()));
    }
    JsonNode json = ServiceJson.document(body);
    ServiceResponse service =
        new ServiceResponse(answer.uri(), answer.status(), answer.headers(), json);
    List<FoundUrl> urls = new ArrayList<>(UrlFinder.inProperties(service));
    urls.addAll(UrlFinder.inHeaders(service));
    boolean isJson = json.isContainerNode();
    Answer described = Answer.of(answer, isJson ? JsonShape.of(json) : null, urls);
    if (answer.status() == 202 && urls.isEmpty()) {
      Probed notReady = failed(asking, described, client.failure(answer, body));
      return Probed.of(notReady.finding(), service, notReady.failure());
    }
    Result verdict =
        !urls.isEmpty() ? Result.NAMES_URLS : isJson ? Result.NAMES_NO_URL : Result.NOT_A_VIDEO;
    OtherForm form = Base64Video.in(body).orElse(null);
    String what = form == null ? BodyWords.what(body, json) : form.sentence();
    Finding finding = finding(asking, described, verdict, what + BodyWords.naming(urls.size()));
    return Probed.of(finding, isJson ? service : null, null).as(form);
  }

  /** A part of the content is not the content. */
  private static boolean isWhole(ContentResponse answer) {
    if (answer.status() != 206) {
      return answer.status() / 100 == 2;
    }
    Matcher range = RANGE.matcher(String.valueOf(answer.header("Content-Range")));
    return range.matches()
        && Long.parseLong(range.group(1)) == 0
        && Long.parseLong(range.group(2)) == Long.parseLong(range.group(3)) - 1;
  }

  private Probed failed(Asking asking, Answer answer, SoraException failure) {
    Result verdict =
        switch (failure.kind()) {
          case NOT_FOUND -> Result.NOT_FOUND;
          case RETIRED -> Result.RETIRED;
          case EXPIRED -> Result.EXPIRED;
          case DENIED -> Result.DENIED;
          case THROTTLED -> Result.THROTTLED;
          case UNAVAILABLE, UNREADABLE -> Result.UNAVAILABLE;
          case WRONG_ENDPOINT -> Result.WRONG_ENDPOINT;
          case REJECTED, MODERATED -> Result.REJECTED;
        };
    return Probed.of(finding(asking, answer, verdict, errors.explanation(failure)), null, failure);
  }

  private Finding finding(Asking asking, Answer answer, Result verdict, String explanation) {
    URI uri = asking.candidate().uri();
    return new Finding(
        asking.place(),
        asking.candidate().api(),
        uri,
        asking.candidate().via(),
        client.sendsCredential(uri),
        asking.redirects(),
        answer,
        Duration.between(asking.begin(), clock.instant()),
        verdict,
        explanation);
  }
}
