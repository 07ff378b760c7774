package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Result;
import io.soracourier.sora.SoraAuthentication;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as a person can repeat it, with a placeholder for the secret. Neither line follows a
 * redirect, because both programs would send the key along: curl keeps every header that it is
 * given, and PowerShell all but {@code Authorization}. Both print status, headers and body.
 *
 * @param firstBytes whether it requests only the first 64 bytes, as it does of a video
 */
record RequestCommands(String curl, String powerShell, boolean firstBytes) {
  static RequestCommands of(Finding finding, SoraAuthentication authentication) {
    String url = finding.printableUri().replace("'", "%27");
    Map<String, String> headers = new LinkedHashMap<>();
    boolean firstBytes = finding.result() == Result.VIDEO;
    if (firstBytes) {
      headers.put("Range", "bytes=0-63");
    }
    if (finding.credential()) {
      authentication
          .placeholder(finding.candidate().api())
          .ifPresent(header -> headers.put(header.getKey(), header.getValue()));
    }
    return new RequestCommands(curl(url, headers), powerShell(url, headers), firstBytes);
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
