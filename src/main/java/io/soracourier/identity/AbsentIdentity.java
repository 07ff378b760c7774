package io.soracourier.identity;

/** Used where the process has no identity, so that only a use of it is an error. */
class AbsentIdentity implements TokenSource {
  @Override
  public String token(String scope) {
    boolean storage = scope.contains("://storage.");
    String setting = storage ? "VideoStorage" : "AZURE_OPENAI_API_KEY";
    throw new IdentityException(
        IdentityException.Kind.ABSENT,
        setting
            + (storage ? " is not a connection string" : " is not set")
            + " and there is no managed identity (IDENTITY_ENDPOINT and IDENTITY_HEADER are not"
            + " set), so there is no token for "
            + scope
            + ": set "
            + setting
            + ", or assign an identity to the function app",
        null);
  }

  @Override
  public String freshToken(String scope) {
    return token(scope);
  }
}
