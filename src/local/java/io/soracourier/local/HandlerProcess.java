package io.soracourier.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One run of the custom handler's executable. */
public final class HandlerProcess {
  private static final Duration READINESS_INTERVAL = Duration.ofMillis(25);

  /** What a program needs to run at all; nothing else leaks in from the developer's shell. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "JAVA_HOME", "TMPDIR", "LANG", "LC_ALL", "TZ");

  private static final int FIRST_PORT = 15_000;
  private static final int PORTS = 15_000;
  private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

  private final Process process;
  private final int port;

  private HandlerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HandlerProcess start(
      CustomHandler handler,
      Path app,
      Map<String, String> settings,
      int port,
      Consumer<String> console) {
    String workerId = UUID.randomUUID().toString();
    ProcessBuilder builder =
        new ProcessBuilder(handler.command()).directory(handler.workingDirectory().toFile());
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(settings);
    builder.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", "" + port);
    builder.environment().put("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", workerId);
    builder.environment().put("FUNCTIONS_HTTPWORKER_PORT", "" + port);
    builder.environment().put("FUNCTIONS_HTTPWORKER_ID", workerId);
    builder.environment().put("FUNCTIONS_APP_ROOT_PATH", app.toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      Process process = ChildProcesses.watch(builder.start());
      follow(process.getInputStream(), "handler-stdout", console);
      follow(process.getErrorStream(), "handler-stderr", console);
      return new HandlerProcess(process, port);
    } catch (IOException e) {
      throw new LocalStackException("cannot start " + handler.command() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs an executable in its own folder as the handler of no host: the caller invokes and ends it.
   */
  public static HandlerProcess start(
      Path executable, Map<String, String> settings, Consumer<String> console) {
    return start(List.of(executable.toAbsolutePath().toString()), settings, console);
  }

  /**
   * The same with arguments.
   *
   * @param command the executable, absolute, and they
   */
  public static HandlerProcess start(
      List<String> command, Map<String, String> settings, Consumer<String> console) {
    Path folder = Path.of(command.get(0)).getParent();
    return start(
        new CustomHandler(command, folder, Duration.ofSeconds(30)),
        folder,
        settings,
        freePort(),
        console);
  }

  /**
   * A port for the handler of one host, for as long as that runs. It is below those that the system
   * gives to outgoing connections: between two runs of a handler nobody listens there.
   */
  static int freePort() {
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException inUse) {
        // the next one
      }
    }
    throw new LocalStackException("no free port on the loopback interface");
  }

  private static void follow(InputStream stream, String name, Consumer<String> console) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(console);
              } catch (IOException | UncheckedIOException closed) {
                // the process is gone
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks {@code GET /} until there is any answer.
   *
   * @return false when the process ended, or the time was up, before that
   */
  public boolean awaitReady(HttpClient client, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    HttpRequest ping = HttpRequest.newBuilder(uri("/")).timeout(timeout).build();
    while (System.nanoTime() < deadline) {
      try {
        client.send(ping, HttpResponse.BodyHandlers.discarding());
        return true;
      } catch (IOException notYet) {
        if (process.waitFor(READINESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return false;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  Process process() {
    return process;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public void kill() {
    ChildProcesses.kill(process);
  }
}
