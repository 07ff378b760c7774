package io.soracourier.local;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Protects a port that asks for no key from the other pages in the browser of this machine. Such a
 * page can send requests here, but not lie about where it is from: its own origin is in {@code
 * Origin} or {@code Sec-Fetch-Site}, and a name of its own that it lets point to this machine (DNS
 * rebinding) is in {@code Host}.
 */
final class OwnOrigin {
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  /** A page of this origin, or a person who typed the address. */
  private static final Set<String> SITES = Set.of("same-origin", "none");

  private OwnOrigin() {}

  /** Why a request is refused, in a sentence for who sent it; empty when it is not. */
  static Optional<String> refusal(IncomingRequest request) {
    List<String> hosts = request.headerValues("Host");
    if (hosts.size() != 1 || !LOOPBACK.matcher(hosts.get(0)).matches()) {
      return Optional.of(
          "this host asks for no key and therefore serves this machine only: call it as localhost,"
              + " 127.0.0.1 or [::1]");
    }
    String own = "http://" + hosts.get(0);
    if (!request.headerValues("Origin").stream().allMatch(own::equalsIgnoreCase)) {
      return Optional.of(
          "this host asks for no key and therefore serves its own pages only: the page that sent"
              + " this is not of "
              + own);
    }
    if (!SITES.containsAll(request.headerValues("Sec-Fetch-Site"))) {
      return Optional.of(
          "this host asks for no key and therefore serves its own pages only: a link from another"
              + " page does not lead here, the address typed or pasted does");
    }
    return Optional.empty();
  }
}
