package io.soracourier.azure;

import io.soracourier.identity.TokenSource;
import java.net.URI;
import java.time.Clock;

/** Credentials for tests of the packages that send requests. */
public final class Credentials {
  private static final Clock CLOCK = Clock.systemUTC();

  private Credentials() {}

  /** The one in a connection string. */
  public static Authentication of(String connectionString) {
    return of(ConnectionString.parse(connectionString).credential());
  }

  public static Authentication of(StorageCredential credential) {
    return StorageClients.authentication(credential, null, CLOCK);
  }

  public static Authentication bearer(TokenSource tokens) {
    return new TokenBearer(tokens, CLOCK);
  }

  public static URI blobEndpoint(String connectionString) {
    return ConnectionString.parse(connectionString).blobEndpoint();
  }
}
