package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.sora.SoraAuthentication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as a person can repeat it, with a placeholder for the secret. Neither line follows a
 * redirect, because both programs would send the key along: curl keeps every header that it is
 * given, and PowerShell all but {@code Authorization}. Both print status, headers and body.
 *
 * @param note why the lines may not bring what the row says; null where they do
 */
record RequestCommands(String curl, String powerShell, @Nullable String note) {
  private static final String FIRST_BYTES =
      "The lines below request the first 64 bytes only: the status is then 206, or 200 from a server that ignores this.";

  static RequestCommands of(Finding finding, SoraAuthentication authentication) {
    String url = finding.printableUri().replace("'", "%27");
    Map<String, String> headers = new LinkedHashMap<>();
    if (finding.result() == Result.VIDEO) {
      headers.put("Range", "bytes=0-63");
    }
    if (finding.credential()) {
      authentication
          .placeholder(finding.candidate().api())
          .ifPresent(header -> headers.put(header.getKey(), header.getValue()));
    }
    return new RequestCommands(curl(url, headers), powerShell(url, headers), note(finding));
  }

  private static @Nullable String note(Finding finding) {
    List<String> notes = new ArrayList<>();
    if (finding.printableUri().contains("…")) {
      notes.add("In the lines below put in place of … what the service's response has there.");
    }
    if (!finding.redirects().isEmpty()) {
      notes.add(
          "The lines below do not follow the redirect: the status is then %d."
              .formatted(finding.redirects().get(0).status()));
    } else if (finding.result() == Result.VIDEO) {
      notes.add(FIRST_BYTES);
    }
    return notes.isEmpty() ? null : String.join(" ", notes);
  }

  private static String curl(String url, Map<String, String> headers) {
    StringBuilder line = new StringBuilder("curl -sS -i -o -");
    headers.forEach((name, value) -> line.append(" -H '%s: %s'".formatted(name, value)));
    return line + " '" + url + "'";
  }

  /**
   * A redirect is an error to PowerShell, which is ignored: the response is returned nevertheless.
   */
  private static String powerShell(String url, Map<String, String> headers) {
    StringBuilder line =
        new StringBuilder(
            "(Invoke-WebRequest -SkipHttpErrorCheck -MaximumRedirection 0 -ErrorAction Ignore");
    if (!headers.isEmpty()) {
      line.append(
          headers.entrySet().stream()
              .map(header -> "'%s' = '%s'".formatted(header.getKey(), header.getValue()))
              .collect(Collectors.joining("; ", " -Headers @{ ", " }")));
    }
    return line + " '" + url + "').RawContent";
  }
}
