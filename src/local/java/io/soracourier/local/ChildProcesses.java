package io.soracourier.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes of the local stack, none of which outlives this JVM. */
public final class ChildProcesses {
  private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> LIVING.forEach(ChildProcesses::destroy), "local-stack-shutdown"));
  }

  private ChildProcesses() {}

  public static Process watch(Process process) {
    LIVING.add(process);
    process.onExit().thenAccept(LIVING::remove);
    return process;
  }

  // By its handle, because Process.destroy() also closes the pipes: a program that still has
  // something to say would die of that rather than of the signal.

  /** Ends the process, and those that it has started, with SIGKILL, and waits until it is gone. */
  public static void kill(Process process) {
    destroy(process);
    isGone(process);
  }

  /** Ends the process with SIGTERM, or, when it does not obey, with SIGKILL. */
  public static void terminate(Process process) {
    process.toHandle().destroy();
    if (!isGone(process)) {
      kill(process);
    }
  }

  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  private static boolean isGone(Process process) {
    try {
      return process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
