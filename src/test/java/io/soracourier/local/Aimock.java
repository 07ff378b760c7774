package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A running aimock, other people's mock of the providers' APIs: those of videos are OpenRouter's
 * ({@code /api/v1/videos}), xAI's ({@code /v1/videos/generations}) and Sora's ({@code /v1/videos}).
 *
 * <p>What its source does not do: a Sora job has no content route and never changes its state; an
 * xAI job that is pending is answered with 200, never 202, and its URL is the fixture's, so that
 * the bytes are for another server to give; and its journal shows no credential, which it checks
 * itself, at all routes, when it is given keys.
 */
public final class Aimock implements AutoCloseable {
  private final Process process;
  private final URI endpoint;

  private Aimock(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * @param fixtures as its documents describe them, an array
   * @param options of its {@code createServer}
   */
  public static Aimock start(Path projectDirectory, JsonNode fixtures, ObjectNode options) {
    new NodePackages(projectDirectory, "src/test/doubles").file("@copilotkit/aimock");
    ObjectNode input = Payload.JSON.createObjectNode();
    input.set("fixtures", fixtures);
    input.set("options", options);
    try {
      Process process =
          ChildProcesses.watch(
              new ProcessBuilder(List.of("node", "aimock.mjs"))
                  .directory(projectDirectory.resolve("src/test/doubles").toAbsolutePath().toFile())
                  .redirectErrorStream(true)
                  .start());
      process.getOutputStream().write((input + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null || !line.startsWith("http://")) {
        ChildProcesses.kill(process);
        throw new LocalStackException("aimock did not start: " + line);
      }
      return new Aimock(process, URI.create(line));
    } catch (IOException e) {
      throw new LocalStackException("aimock: cannot start node", e);
    }
  }

  /** The address of a path. */
  public URI uri(String path) {
    return URI.create(endpoint + path);
  }

  @Override
  public void close() {
    ChildProcesses.terminate(process);
  }
}
