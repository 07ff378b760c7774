package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.SimulatedJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code mvn -Plocal -Dlocal.dev}, on a copy of the project whose sources are edited. */
@Execution(ExecutionMode.SAME_THREAD)
class DevModeIT {
  private static final Duration IN_TIME = Duration.ofSeconds(90);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String RESOURCE = "src/main/java/io/soracourier/api/ConsoleResource.java";
  private static final String STYLE = "src/main/resources/console/style.css";

  @TempDir static Path project;

  private static LocalStack stack;
  private static long handler;

  @BeforeAll
  static void start() throws IOException {
    for (String part : List.of("pom.xml", ".mvn", "src/main", "target/classes")) {
      copy(ProjectDirectory.path().resolve(part), project.resolve(part));
    }
    stack = DevMode.apply(LocalStack.builder().withPanel(Long.MAX_VALUE), project).start();
    handler = stack.host().pid();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  /** With their times, by which dev mode finds what has changed. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void edit(String file, String before, String after) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).containsOnlyOnce(before);
    Files.writeString(path, text.replace(before, after));
  }

  private static HttpResponse<String> get(String path) {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(stack.host().url() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no response from " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void awaitResponse(String path, Predicate<HttpResponse<String>> expected) {
    Waiting.until(
        () -> expected.test(get(path)),
        IN_TIME,
        () -> get(path) + "; " + String.join("\n", stack.handlerLines()));
  }

  private static Predicate<HttpResponse<String>> type(String start) {
    return response -> response.headers().firstValue("Content-Type").orElse("").startsWith(start);
  }

  @Test
  void editedSource_isServedByTheSameProcess() throws IOException {
    edit(RESOURCE, "\"text/css\"", "\"text/x-edited\"");

    awaitResponse("/api/console/style", type("text/x-edited;"));
    assertThat(stack.host().pid()).isEqualTo(handler);
  }

  @Test
  void editedStyle_isServed() throws IOException {
    Files.writeString(project.resolve(STYLE), "/* edited */");

    awaitResponse("/api/console/style", response -> response.body().equals("/* edited */"));
  }

  @Test
  void sourceThatDoesNotCompile_isReportedUntilItIsFixed() throws IOException {
    edit(RESOURCE, "\"text/javascript\"", "\"text/javascript");

    awaitResponse(
        "/api/console/script",
        response ->
            response.statusCode() == 500 && response.body().contains("unclosed string literal"));
    assertThat(stack.handlerLines())
        .anyMatch(line -> line.contains("ConsoleResource.java") && line.contains("unclosed"));

    edit(RESOURCE, "\"text/javascript", "\"text/x-fixed\"");

    awaitResponse("/api/console/script", type("text/x-fixed;"));
    assertThat(stack.host().pid()).isEqualTo(handler);
  }

  @Test
  void job_isCopied() {
    SimulatedJob job = stack.simulator().sora1Job().add();

    stack.enqueue(job.id());

    assertThat(stack.awaitVideoMessages(1, IN_TIME).get(0).path("status").asText())
        .isEqualTo("copied");
  }
}
