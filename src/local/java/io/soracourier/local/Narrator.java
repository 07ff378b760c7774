package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells on the console what happens, one step a line. */
final class Narrator {
  private final PrintStream out;

  /** The one that the latest lines are about. */
  private String job = "";

  Narrator(PrintStream out) {
    this.out = out;
  }

  synchronized void title(String text) {
    job = "";
    out.println();
    out.println(text);
    out.println();
  }

  /** What follows is about this job. */
  synchronized void about(String id) {
    if (!id.isEmpty() && !id.equals(job)) {
      title(id);
      job = id;
    }
  }

  synchronized void step(String what, String text) {
    out.printf("  %-10s %s%n", what, text.replace("\n", "\n             "));
    out.flush();
  }

  /** A line of the handler: its events in words, warnings and errors as they stand. */
  void handlerLine(String line) {
    Optional<LogEventLine> event = LogEventLine.parse(line);
    if (event.isPresent()) {
      event(event.get());
    } else if (line.contains(" WARN ") || line.contains(" ERROR ")) {
      step("handler", line);
    }
  }

  /** The same of dev mode: every line, also of the compiler, but no stack frames. */
  void devLine(String line) {
    Optional<LogEventLine> event = LogEventLine.parse(line);
    if (event.isPresent()) {
      event(event.get());
    } else if (!line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t... ")) {
      step("", line);
    }
  }

  private synchronized void event(LogEventLine event) {
    about(event.field("jobId"));
    switch (event.event()) {
      case "look" -> step("look " + event.field("look"), event.field("state"));
      case "look-again" -> step("", "again in " + event.field("delaySeconds") + " s");
      case "resolved" -> step("resolved", event.field("request"));
      case "copied" ->
          step(
              "copied",
              "%s, %s bytes".formatted(event.field("generationId"), grouped(event.field("bytes"))));
      default -> step(event.event(), rest(event));
    }
  }

  private static String rest(LogEventLine event) {
    return event.fields().entrySet().stream()
        .filter(field -> !Set.of("invocationId", "jobId").contains(field.getKey()))
        .map(Map.Entry::toString)
        .collect(Collectors.joining(" "));
  }

  static String grouped(String number) {
    return number.matches("\\d{1,18}") ? grouped(Long.parseLong(number)) : number;
  }

  static String grouped(long number) {
    return String.format(java.util.Locale.ROOT, "%,d", number);
  }

  synchronized void message(JsonNode message) {
    about(message.path("jobId").asText());
    step("message", DotNetText.of(message));
  }
}
