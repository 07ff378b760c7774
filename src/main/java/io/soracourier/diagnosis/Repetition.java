package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import io.soracourier.content.Finding.Verdict;
import java.util.Map;

/**
 * A request as a person can repeat it, with a placeholder for the secret. Of a video, the first
 * bytes are all that is asked for.
 */
record Repetition(String curl, String powerShell) {
  private static final String FIRST_BYTES = "bytes=0-63";

  static Repetition of(Finding finding, Map.Entry<String, String> credential) {
    boolean video = finding.verdict() == Verdict.VIDEO;
    String url = finding.printableUri().replace("'", "%27");
    StringBuilder curl = new StringBuilder("curl -sS -i");
    StringBuilder headers = new StringBuilder();
    if (video) {
      curl.append(" -H 'Range: ").append(FIRST_BYTES).append("' -o -");
      headers.append(" Range = '").append(FIRST_BYTES).append("';");
    }
    if (finding.credential()) {
      String name = credential.getKey();
      String value = credential.getValue();
      curl.append(" -H '").append(name).append(": ").append(value).append("'");
      headers.append(" '").append(name).append("' = '").append(value).append("';");
    }
    return new Repetition(
        curl + " '" + url + "'",
        "Invoke-WebRequest -Uri '"
            + url
            + "'"
            + (headers.isEmpty() ? "" : " -Headers @{" + headers + " }")
            + " -SkipHttpErrorCheck");
  }
}
