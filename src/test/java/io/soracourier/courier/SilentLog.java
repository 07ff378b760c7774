package io.soracourier.courier;

import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the events of many looks out of the output of a test class. */
public final class SilentLog implements BeforeAllCallback, AfterAllCallback {
  private static final Logger LOGGER = Logger.getLogger("io.soracourier");

  @Override
  public void beforeAll(ExtensionContext context) {
    LOGGER.setUseParentHandlers(false);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOGGER.setUseParentHandlers(true);
  }
}
