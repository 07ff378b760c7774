package io.soracourier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Bicep compiler, as one process that answers over its standard streams: a snapshot of the
 * template takes it a second, and a process of its own for each would take three. Its protocol is
 * JSON-RPC 2.0 with the headers of the Language Server Protocol ({@code bicep jsonrpc --stdio}).
 */
final class BicepCompiler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TENANT = "44444444-4444-4444-4444-444444444444";

  private static BicepCompiler instance;

  private final OutputStream requests;
  private final InputStream responses;
  private int requestId;

  private BicepCompiler(Process process) {
    requests = process.getOutputStream();
    responses = new BufferedInputStream(process.getInputStream());
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** What a deployment would be, or why there would be none. */
  record Answer(JsonNode snapshot, String refusal) {}

  /** The compiler that BICEP names, else the one on the PATH. */
  static synchronized BicepCompiler get() {
    if (instance == null) {
      try {
        instance =
            new BicepCompiler(
                new ProcessBuilder(executable(), "jsonrpc", "--stdio")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
      } catch (IOException e) {
        throw new UncheckedIOException("the Bicep compiler does not start", e);
      }
    }
    return instance;
  }

  /**
   * Evaluates a deployment offline, as Azure Resource Manager would.
   *
   * @param parameters a file with a path to its template in it
   */
  synchronized Answer snapshot(Path parameters, String subscription) {
    ObjectNode question = JSON.createObjectNode();
    question.put("path", parameters.toAbsolutePath().toString());
    question
        .putObject("metadata")
        .put("tenantId", TENANT)
        .put("subscriptionId", subscription)
        .put("location", "swedencentral")
        .put("deploymentName", "courier");
    try {
      JsonNode answer = call("bicep/getSnapshot", question);
      return answer.has("error")
          ? new Answer(null, answer.at("/error/message").asText())
          : new Answer(JSON.readTree(answer.at("/result/snapshot").asText()), null);
    } catch (IOException e) {
      throw new UncheckedIOException(parameters + ": no response of the compiler", e);
    }
  }

  private JsonNode call(String method, ObjectNode parameters) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", ++requestId).put("method", method);
    request.set("params", parameters);
    byte[] body = JSON.writeValueAsBytes(request);
    requests.write(
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    requests.write(body);
    requests.flush();
    return JSON.readTree(responses.readNBytes(contentLength()));
  }

  private int contentLength() throws IOException {
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring("Content-Length: ".length()));
      }
    }
    return length;
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = responses.read(); c != '\n'; c = responses.read()) {
      if (c < 0) {
        throw new IOException("the compiler has ended");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  private static String executable() {
    return Optional.ofNullable(System.getenv("BICEP"))
        .or(BicepCompiler::onThePath)
        .orElseThrow(
            () ->
                new AssertionError(
                    "There is no Bicep compiler: set BICEP to one, or put bicep on the PATH"));
  }

  private static Optional<String> onThePath() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("bicep", "bicep.exe").map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
