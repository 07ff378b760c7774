package io.soracourier.content;

import io.soracourier.content.OtherForm.Lasts;
import io.soracourier.content.Probe.Probed;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from a search that found no video. In doubt it is found missing, which the next look
 * may see otherwise; final at once is only what waiting cannot change, of a job that is done and
 * where every place answered:
 *
 * <ul>
 *   <li>A URL is refused for what it is (its host is not allowed, it is not https, it has a user
 *       name), and so are all others that the service names, and there is nothing else to come from
 *       the documented address: that itself redirects or points to such a URL, says so in the words
 *       of its refusal, or is no route of this server (405, 501, or words such as "Cannot GET"). A
 *       bare 404, 400, 409 or 422 says nothing of the kind: many servers give it until content is
 *       ready, and some name a provider's URL beside a content route of their own.
 *   <li>The content is a whole video of another format, at the documented address, or at a URL that
 *       the service names while the documented address does not say "not ready" (409, 422).
 * </ul>
 *
 * <p>Where the documented address did not say whether it has the content, its failure stands.
 */
final class NothingFound {
  private static final Set<Integer> NOT_READY = Set.of(202, 409, 422, 425);

  private final Search search;
  private final Probed documented;
  private final List<Attempt> attempts;

  private NothingFound(Search search) {
    this.search = search;
    this.documented = search.firstOf(PlaceName.DOCUMENTED).orElseThrow();
    this.attempts = search.probes().stream().map(Evidence::of).toList();
  }

  static RuntimeException in(Search search) {
    return new NothingFound(search).failure();
  }

  private RuntimeException failure() {
    Optional<OtherForm> form = search.otherForm();
    Optional<SoraException> unclear = unclear(form);
    if (unclear.isPresent()) {
      return stands(unclear.get());
    }
    if (form.isPresent()) {
      return invalid(form.get().sentence(), search.isOfDoneJob() && isLasting(form.get()));
    }
    return switch (documented.finding().result()) {
      case NAMES_NO_URL, NOT_A_VIDEO -> invalid(documented.finding().explanation(), false);
      case NAMES_URLS ->
          search.refused().isPresent()
              ? missing()
              : invalid(documented.finding().explanation(), false);
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
    Optional<SoraException> standing = search.standing();
    if (standing.isEmpty()) {
      return search.transientFailure(probed -> true);
    }
    boolean decided =
        NoRoute.isNotImplemented(Evidence.of(documented))
            && search.isOfDoneJob()
            && form.map(this::isLasting).orElseGet(this::isOnlyAtRefusedPlaces)
            && search.transientFailure(probed -> probed != documented).isEmpty();
    return decided ? Optional.empty() : standing;
  }

  private SoraException stands(SoraException failure) {
    String named = search.standing().map(standing -> Evidence.ofNamedUrls(search)).orElse("");
    String message = Evidence.message(failure, documented) + named + refusal();
    return attempts.size() == 1 && message.equals(failure.getMessage())
        ? failure
        : new SoraException(
            failure.kind(), attempts, failure.retryAfter().orElse(null), message, failure);
  }

  private InvalidContentException invalid(String message, boolean lasting) {
    return new InvalidContentException(message + refusal(), attempts, lasting);
  }

  private RuntimeException missing() {
    String where =
        "the content of %s is at none of %d addresses; %s, the documented one: %s"
            .formatted(
                search.id(),
                attempts.size(),
                Evidence.request(documented.finding()),
                answered(documented.finding()));
    return search
        .refused()
        .filter(refused -> search.isOfDoneJob() && isOnlyAtRefusedPlaces())
        .<RuntimeException>map(refused -> refused.after(where, attempts))
        .orElseGet(
            () -> new SoraException(Kind.NOT_FOUND, attempts, null, where + refusal(), null));
  }

  /** One sentence on the first URL that was refused, unless the message has it. */
  private String refusal() {
    return search
        .refused()
        .filter(refused -> refused != documented.refused())
        .map(refused -> "; " + refused.getMessage())
        .orElse("");
  }

  private boolean isOnlyAtRefusedPlaces() {
    return search.refused().isPresent() && (isRefusedForGood(documented) || pointsToRefusedPlaces())
        ? search.probes().stream()
            .filter(probed -> probed != documented)
            .filter(probed -> probed.finding().via() != null)
            .allMatch(NothingFound::isRefusedForGood)
        : false;
  }

  private boolean pointsToRefusedPlaces() {
    if (documented.failure() == null) {
      Finding finding = documented.finding();
      return !finding.urls().isEmpty() && !NOT_READY.contains(finding.answer().status());
    }
    Attempt answer = documented.failure().attempts().get(0);
    String words = String.valueOf(answer.error()).toLowerCase(Locale.ROOT);
    return NoRoute.isSaidBy(answer)
        || search
            .refused()
            .map(refused -> refused.uri().getHost())
            .filter(host -> words.contains("//" + host.toLowerCase(Locale.ROOT)))
            .isPresent();
  }

  private static boolean isRefusedForGood(Probed probed) {
    return probed.refused() != null && probed.refused().isLasting();
  }

  private boolean isLasting(OtherForm form) {
    if (documented.other() != null) {
      return documented.other().lasts() != Lasts.NOT_SURE;
    }
    Attempt answer = Evidence.of(documented);
    boolean later = answer.status() != null && NOT_READY.contains(answer.status());
    return search.probes().stream()
            .filter(probed -> probed.finding().isKnown())
            .map(Probed::other)
            .anyMatch(other -> other != null && other.lasts() == Lasts.ALWAYS)
        ? !later
        : form.lasts() != Lasts.NOT_SURE
            && documented.failure() != null
            && NoRoute.isSaidBy(answer);
  }

  private static String answered(Finding finding) {
    return finding.answer() == null
        ? finding.explanation()
        : "answered %d: %s".formatted(finding.answer().status(), finding.explanation());
  }
}
