package io.soracourier.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the packaged function app runs as.
 *
 * @param isNative whether it is a native executable rather than a jar and its launcher
 * @param description for people
 */
public record Executable(boolean isNative, String description) {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final Pattern VERSION = Pattern.compile("version \"([^\"]+)\"");

  /** The one in {@code target/function-app}. */
  public static Executable packaged() {
    Path file = LocalStack.PACKAGED_APP.resolve("sora-courier");
    return isNative(file)
        ? new Executable(
            true,
            String.format(
                Locale.ROOT, "native executable, %.1f MiB", file.toFile().length() / 1048576.0))
        : new Executable(false, "JVM " + javaVersion());
  }

  /** Whether that file is a native executable rather than a launcher. */
  public static boolean isNative(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    } catch (IOException e) {
      throw new LocalStackException(file + ": cannot be read", e);
    }
  }

  /** Of the Java that the launcher finds. */
  private static String javaVersion() {
    String home = System.getenv("JAVA_HOME");
    String java = home == null || home.isEmpty() ? "java" : Path.of(home, "bin", "java").toString();
    Command command = Command.run(Path.of(""), List.of(java, "-version"));
    Matcher version = VERSION.matcher(String.join(" ", command.lines()));
    return version.find() ? version.group(1) : "of unknown version";
  }
}
