package io.soracourier.storage;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts on a request what every storage request carries and what proves who asks. */
abstract class Authentication implements ClientRequestFilter {
  /** The newest that Azurite 3.35.0 knows. */
  static final String SERVICE_VERSION = "2025-11-05";

  /** Late on the request, when all that is to be signed is there; early on the answer. */
  static final int PRIORITY = 10_000;

  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;

  Authentication(Clock clock) {
    this.clock = clock;
  }

  @Override
  public final void filter(ClientRequestContext request) {
    request.getHeaders().putSingle("x-ms-version", SERVICE_VERSION);
    request.getHeaders().putSingle("x-ms-date", RFC_1123.format(clock.instant()));
    authenticate(request);
  }

  abstract void authenticate(ClientRequestContext request);
}
