package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.e2e.Handler;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Readiness, which the host asks, and a call of a person, over and over, with their times. The call
 * wants a thread and nothing of the storage, which is emulated and slow.
 */
final class Calls {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FunctionsHost host;
  private final Handler handler;
  private final List<Duration> readiness = new ArrayList<>();
  private final List<Duration> calls = new ArrayList<>();

  Calls(FunctionsHost host) {
    this.host = host;
    this.handler = Handler.of(host);
  }

  void make(int times) {
    for (int i = 0; i < times; i++) {
      make();
    }
  }

  /** Until something is so, which is looked at after each. */
  void until(BooleanSupplier done, Duration within) {
    Waiting.until(
        () -> {
          make();
          return done.getAsBoolean();
        },
        within,
        this::toString);
  }

  private void make() {
    readiness.add(timed(() -> assertThat(handler.get("/").body()).isEqualTo("ready")));
    calls.add(timed(() -> assertThat(status("/api/jobs?limit=0")).isEqualTo(400)));
  }

  private int status(String path) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(URI.create(host.url() + path))
                  .header("x-functions-key", host.functionKey())
                  .timeout(PATIENCE)
                  .build(),
              BodyHandlers.ofString())
          .statusCode();
    } catch (IOException e) {
      throw new AssertionError(path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Duration timed(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  Duration longest() {
    return Stream.of(readiness, calls).flatMap(List::stream).max(Duration::compareTo).orElseThrow();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "readiness %s; calls %s", figures(readiness), figures(calls));
  }

  private static String figures(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.isEmpty()
        ? "none"
        : "%d times, median %d ms, longest %d ms"
            .formatted(
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() - 1).toMillis());
  }
}
