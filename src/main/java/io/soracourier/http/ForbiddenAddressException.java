package io.soracourier.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * A host has an address that no request is sent to. The message contains the reason, without the
 * URL.
 */
public final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  public ForbiddenAddressException(String why) {
    super(why);
  }

  /** Each has one. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
