package io.soracourier.courier;

import io.soracourier.content.ContentFixture;
import io.soracourier.lifecycle.ScriptedShutdown;
import io.soracourier.storage.MemoryVideoStore;
import java.time.Clock;
import java.time.Duration;

/** A copy that neither downloads nor stores: a subclass decides on the result. */
abstract class CopyWithoutTransfer extends VideoCopy {
  CopyWithoutTransfer() {
    super(
        null,
        new MemoryVideoStore(),
        (job, generation, bytes, declared) -> {},
        Configs.DEFAULTS,
        new ContentFixture.Config(Duration.ofSeconds(1)),
        new ScriptedShutdown(),
        Clock.systemUTC());
  }
}
