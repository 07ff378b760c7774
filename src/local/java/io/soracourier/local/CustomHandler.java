package io.soracourier.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code customHandler} of {@code host.json}, resolved as the host does: an executable that is no
 * file of the app is looked up on the PATH, and {@code %NAME%} stands for a setting.
 */
record CustomHandler(List<String> command, Path workingDirectory, Duration initializationTimeout) {
  private static final String DESCRIPTION = "customHandler.description.";

  static CustomHandler from(HostJson host, Path app, Map<String, String> settings) {
    String executable =
        expand(host.text(DESCRIPTION + "defaultExecutablePath").orElse(""), settings);
    if (executable.isEmpty()) {
      throw new LocalStackException(
          "host.json: " + DESCRIPTION + "defaultExecutablePath cannot be empty");
    }
    Path file =
        app.resolve(host.text(DESCRIPTION + "workerDirectory").orElse("")).resolve(executable);
    List<String> command = new ArrayList<>();
    command.add(Files.exists(file) ? file.toString() : executable);
    host.texts(DESCRIPTION + "arguments").forEach(text -> command.add(expand(text, settings)));
    host.text(DESCRIPTION + "defaultWorkerPath").ifPresent(command::add);
    host.texts(DESCRIPTION + "workerArguments")
        .forEach(text -> command.add(expand(text, settings)));
    if (Files.exists(file) && !Files.isExecutable(file)) {
      throw new LocalStackException(file + " lacks the execute permission (mode 0755)");
    }
    return new CustomHandler(
        command,
        app.resolve(host.text(DESCRIPTION + "workingDirectory").orElse("")),
        host.duration("customHandler.initializationTimeout", Duration.ofSeconds(30)));
  }

  private static String expand(String text, Map<String, String> settings) {
    return Pattern.compile("%([^%]+)%")
        .matcher(text)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(
                    settings.getOrDefault(match.group(1), "")));
  }
}
