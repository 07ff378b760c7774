package io.soracourier.courier;

import io.soracourier.content.ContentFixture;
import io.soracourier.lifecycle.ScriptedShutdown;
import io.soracourier.storage.MemoryVideoStore;
import java.time.Clock;
import java.time.Duration;

/** A copy that neither downloads nor stores: a subclass decides on the result. */
abstract class CopyWithoutTransfer extends VideoCopy {
  CopyWithoutTransfer() {
    this(new MemoryVideoStore());
  }

  private CopyWithoutTransfer(MemoryVideoStore videos) {
    super(
        null,
        videos,
        new CopyResources(
            Configs.DEFAULTS,
            new ContentFixture.Config(Duration.ofSeconds(1)),
            videos,
            new ScriptedShutdown()),
        (job, generation, bytes, declared) -> {},
        Clock.systemUTC());
  }
}
