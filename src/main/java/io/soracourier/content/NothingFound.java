package io.soracourier.content;

import io.soracourier.content.ProbeResult.Failed;
import io.soracourier.content.ProbeResult.NoVideo;
import io.soracourier.content.ProbeResult.NotFollowed;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.video.InvalidContentException;
import io.soracourier.video.OtherForm;
import io.soracourier.video.OtherForm.Lasts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What follows from a search that found no video. In doubt it is found missing, which the next look
 * may see otherwise; immediately final is only what waiting cannot change, of a job that is done
 * and where every location responded:
 *
 * <ul>
 *   <li>A URL is refused for what it is (its host is not allowed, it is not https, it has a user
 *       name, its host is written as an address that nothing is requested from), and so are all
 *       others that the service names, and there is nothing else to come from the documented
 *       address: that itself redirects or points to such a URL, says so in the words of its
 *       refusal, or is no route of this server (405, 501, or words such as "Cannot GET"). A bare
 *       404, 400, 409 or 422 says nothing of the kind: many servers give it until content is ready,
 *       and some name a provider's URL beside a content route of their own.
 *   <li>The content is a whole video of another format, at the documented address, or at a URL that
 *       the service names while the documented address does not say "not ready" (409, 422).
 * </ul>
 *
 * <p>Where the documented address did not say whether it has the content, that failure is the
 * result.
 */
final class NothingFound {
  private static final Set<Integer> NOT_READY = Set.of(202, 409, 422, 425);

  private final Search search;
  private final ProbeResult documented;
  private final Evidence evidence;

  private NothingFound(Search search) {
    this.search = search;
    this.documented = search.firstOf(PlaceName.DOCUMENTED).orElseThrow();
    this.evidence = new Evidence(search, documented);
  }

  static RuntimeException in(Search search) {
    return new NothingFound(search).failure();
  }

  private RuntimeException failure() {
    Optional<OtherForm> form = search.otherForm();
    Optional<SoraException> unclear = unclear(form);
    if (unclear.isPresent()) {
      return unclear(unclear.get());
    }
    if (form.isPresent()) {
      String message =
          search.inAnotherForm().map(evidence::noVideo).orElseGet(() -> evidence.inJob(form.get()));
      return invalid(message, search.isOfDoneJob() && isLasting(form.get()));
    }
    return switch (documented.finding().result()) {
      case NAMES_NO_URL, NOT_A_VIDEO -> invalid(evidence.noVideo(documented), false);
      case NAMES_URLS ->
          search.refused().isPresent() ? missing() : invalid(evidence.noVideo(documented), false);
      case VIDEO,
          NOT_FOUND,
          DENIED,
          RETIRED,
          EXPIRED,
          THROTTLED,
          UNAVAILABLE,
          WRONG_ENDPOINT,
          REJECTED,
          NOT_FOLLOWED ->
          missing();
    };
  }

  /** A failure after which it is unknown where the content is. */
  private Optional<SoraException> unclear(Optional<OtherForm> form) {
    Optional<SoraException> inconclusive = search.inconclusive();
    if (inconclusive.isEmpty()) {
      return transientFailures().map(Failed::failure).findFirst();
    }
    boolean decided =
        NoRoute.isNotImplemented(documented.attempt())
            && search.isOfDoneJob()
            && form.map(this::isLasting).orElseGet(this::isOnlyAtRefusedUrls)
            && transientFailures().allMatch(failed -> failed == documented);
    return decided ? Optional.empty() : inconclusive;
  }

  private Stream<Failed> transientFailures() {
    return search.results(Failed.class).filter(failed -> failed.failure().isTransient());
  }

  private SoraException unclear(SoraException failure) {
    String named = search.inconclusive().isPresent() ? evidence.ofNamedUrls() : "";
    String message = evidence.message(failure) + named + evidence.refusal();
    List<Attempt> attempts = evidence.attempts();
    return attempts.size() == 1 && message.equals(failure.getMessage())
        ? failure
        : new SoraException(
            failure.kind(), attempts, failure.retryAfter().orElse(null), message, failure);
  }

  private InvalidContentException invalid(String message, boolean lasting) {
    return new InvalidContentException(message + evidence.refusal(), evidence.attempts(), lasting);
  }

  private RuntimeException missing() {
    String message = evidence.nowhere() + evidence.ofNamedUrls() + evidence.refusal();
    List<Attempt> attempts = evidence.attempts();
    return search
        .refused()
        .filter(refused -> search.isOfDoneJob() && isOnlyAtRefusedUrls())
        .<RuntimeException>map(refused -> refused.after(message, attempts))
        .orElseGet(() -> new SoraException(Kind.NOT_FOUND, attempts, null, message, null));
  }

  private boolean isOnlyAtRefusedUrls() {
    return search.refused().isPresent()
        && (isRefusedForGood(documented) || pointsToRefusedUrls())
        && search.results().stream()
            .filter(result -> result != documented && result.finding().via() != null)
            .allMatch(NothingFound::isRefusedForGood);
  }

  private boolean pointsToRefusedUrls() {
    if (!(documented instanceof Failed)) {
      Finding.Response response = documented.finding().response();
      return response != null
          && !response.urls().isEmpty()
          && !NOT_READY.contains(response.status());
    }
    Attempt attempt = documented.attempt();
    String words = attempt.error().toLowerCase(Locale.ROOT);
    return NoRoute.isShownBy(attempt)
        || search
            .refused()
            .map(refused -> refused.uri().getHost())
            .filter(host -> words.contains("//" + host.toLowerCase(Locale.ROOT)))
            .isPresent();
  }

  private static boolean isRefusedForGood(ProbeResult result) {
    return result instanceof NotFollowed it && it.refusal().isLasting();
  }

  private boolean isLasting(OtherForm form) {
    if (documented instanceof NoVideo it && it.form().isPresent()) {
      return it.form().get().lasts() != Lasts.NOT_SURE;
    }
    Attempt attempt = documented.attempt();
    boolean later = attempt.status() != null && NOT_READY.contains(attempt.status());
    return search
            .results(NoVideo.class)
            .filter(result -> result.finding().isKnown())
            .flatMap(result -> result.form().stream())
            .anyMatch(other -> other.lasts() == Lasts.ALWAYS)
        ? !later
        : form.lasts() != Lasts.NOT_SURE
            && documented instanceof Failed
            && NoRoute.isShownBy(attempt);
  }
}
