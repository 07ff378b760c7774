package io.soracourier.sora;

import io.soracourier.identity.TokenSource;
import java.util.Optional;

/** What the application makes from its settings, for tests of other packages. */
public final class Authentications {
  private Authentications() {}

  public static SoraAuthentication withKey(Endpoint endpoint, String key) {
    return new SoraAuthentication(endpoint, Optional.of(key), Optional.empty(), null, "scope");
  }

  public static SoraAuthentication withTokens(Endpoint endpoint, TokenSource tokens) {
    return new SoraAuthentication(endpoint, Optional.empty(), Optional.empty(), tokens, "scope");
  }
}
