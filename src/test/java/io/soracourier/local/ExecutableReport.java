package io.soracourier.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Says once, among the output of the tests and in a file beside their reports, which executable
 * those ran that go through the packaged app.
 */
public final class ExecutableReport implements TestExecutionListener {
  private static final Path FILE =
      ProjectDirectory.path().resolve("target/failsafe-reports/executable.txt");

  private final AtomicBoolean said = new AtomicBoolean();

  @Override
  public void executionStarted(TestIdentifier test) {
    if (isEndToEnd(test) && said.compareAndSet(false, true)) {
      say("end-to-end tests ran against: " + Executable.packaged().description());
    }
  }

  private static boolean isEndToEnd(TestIdentifier test) {
    return test.getSource()
        .filter(source -> source instanceof ClassSource)
        .map(source -> ((ClassSource) source).getClassName())
        .filter(name -> name.endsWith("IT"))
        .isPresent();
  }

  private static void say(String line) {
    System.out.println(line);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + ": cannot be written", e);
    }
  }
}
