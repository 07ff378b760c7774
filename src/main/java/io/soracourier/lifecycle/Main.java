package io.soracourier.lifecycle;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the program begins: settings that must be made before anything else of it is loaded. */
@QuarkusMain
public final class Main {
  private Main() {}

  /**
   * @param args of the program; it has none of its own
   */
  public static void main(String... args) {
    // Netty keeps buffers for each thread that ever had one, in tables of some 90 KiB: a quarter of
    // the heap, with a thread for each of 544 invocations.
    System.setProperty("io.netty.allocator.smallCacheSize", "0");
    System.setProperty("io.netty.allocator.normalCacheSize", "0");
    Quarkus.run(args);
  }
}
