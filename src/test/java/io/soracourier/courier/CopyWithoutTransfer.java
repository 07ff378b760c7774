package io.soracourier.courier;

import io.soracourier.content.ContentFixture;
import io.soracourier.lifecycle.ScriptedShutdown;
import java.time.Clock;
import java.time.Duration;

/** A copy that neither downloads nor stores: what comes of it, a subclass says. */
abstract class CopyWithoutTransfer extends VideoCopy {
  CopyWithoutTransfer() {
    super(
        null,
        null,
        Configs.DEFAULTS,
        new ContentFixture.Config(Duration.ofSeconds(1)),
        new ScriptedShutdown(),
        Clock.systemUTC());
  }
}
