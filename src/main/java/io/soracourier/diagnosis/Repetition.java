package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as a person can repeat it, with a placeholder for the secret. Of a video, the first
 * bytes are all that is asked for.
 */
record Repetition(String curl, String powerShell) {
  static Repetition of(Finding finding, Optional<Map.Entry<String, String>> credential) {
    String url = finding.printableUri().replace("'", "%27");
    Map<String, String> headers = new LinkedHashMap<>();
    if (finding.verdict() == Verdict.VIDEO) {
      headers.put("Range", "bytes=0-63");
    }
    if (finding.credential()) {
      credential.ifPresent(header -> headers.put(header.getKey(), header.getValue()));
    }
    return new Repetition(curl(url, headers), powerShell(url, headers));
  }

  private static String curl(String url, Map<String, String> headers) {
    StringBuilder line = new StringBuilder("curl -sS -i -o -");
    headers.forEach((name, value) -> line.append(" -H '%s: %s'".formatted(name, value)));
    return line + " '" + url + "'";
  }

  private static String powerShell(String url, Map<String, String> headers) {
    StringBuilder line = new StringBuilder("Invoke-WebRequest -SkipHttpErrorCheck");
    if (!headers.isEmpty()) {
      line.append(
          headers.entrySet().stream()
              .map(header -> "'%s' = '%s'".formatted(header.getKey(), header.getValue()))
              .collect(Collectors.joining("; ", " -Headers @{ ", " }")));
    }
    return line + " '" + url + "'";
  }
}
