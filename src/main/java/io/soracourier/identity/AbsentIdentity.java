package io.soracourier.identity;

/** Used where the process has no identity, so that only a use of it is an error. */
class AbsentIdentity implements TokenSource {
  @Override
  public String token(String scope) {
    String advice =
        scope.contains("://storage.")
            ? "VideoStorage is no connection string and no managed identity is there"
            : "AZURE_OPENAI_API_KEY is absent and no managed identity is there";
    throw new IdentityException(
        IdentityException.Kind.ABSENT,
        advice
            + " (IDENTITY_ENDPOINT and IDENTITY_HEADER are not set), so there is no token for "
            + scope
            + ": set the one, or give the function app an identity",
        null);
  }

  @Override
  public String freshToken(String scope) {
    return token(scope);
  }
}
