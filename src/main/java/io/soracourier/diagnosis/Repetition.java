package io.soracourier.diagnosis;

import io.soracourier.content.Finding;
import java.util.Map;

/**
 * A request as a person can repeat it, with a placeholder for the secret. Headers and the first
 * bytes are all that is asked for.
 */
record Repetition(String curl, String powerShell) {
  static Repetition of(Finding finding, Map.Entry<String, String> credential) {
    String url = finding.printableUri().replace("'", "%27");
    String header = credential.getKey() + ": " + credential.getValue();
    String curlHeader = finding.credential() ? " -H '" + header + "'" : "";
    String shellHeader =
        finding.credential()
            ? " -Headers @{ '" + credential.getKey() + "' = '" + credential.getValue() + "' }"
            : "";
    return new Repetition(
        "curl -sS -i --range 0-63 --output -" + curlHeader + " '" + url + "'",
        "Invoke-WebRequest -Uri '" + url + "'" + shellHeader + " -SkipHttpErrorCheck");
  }
}
