package io.soracourier.faults;

import io.soracourier.text.Encodings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Secrets that are given to servers which repeat them, to be searched for in all that is written.
 */
public final class PlantedSecrets {
  /** With all characters that are encoded somewhere. */
  static final String API_KEY = "k9+Zq/7xVn=2Lw&Tb<8\"h%4Dm'Rp\\uY6>sJ";

  static final String TOKEN = "eyJPLANTED0.eyJhdWQiOiJ0ZXN0cyJ9.cGxhbnRlZC1zaWduYXR1cmU-_x";
  static final String IDENTITY_HEADER = "5B1D3C7A-planted-9E2F-4a60-header-81C4D7F05A3E";

  private PlantedSecrets() {}

  /** Each of them in every form that a server may write it in. */
  public static Set<String> forms() {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : List.of(API_KEY, TOKEN, IDENTITY_HEADER)) {
      forms.addAll(Encodings.of(secret));
    }
    return forms;
  }
}
