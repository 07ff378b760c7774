package io.soracourier.identity;

/** Where access tokens come from. Safe for use by any number of threads. */
public interface TokenSource {
  /**
   * A token that is valid for some minutes yet, from the cache where possible. May block on one
   * request.
   *
   * @param scope e.g. {@code https://cognitiveservices.azure.com/.default}
   * @throws IdentityException when there is no identity, or it gives no token
   */
  String token(String scope);

  /**
   * A token that was not in the cache, for the one further try after a service refused the cached
   * one with 401.
   *
   * @throws IdentityException when there is no identity, or it gives no token
   */
  String freshToken(String scope);
}
