package io.soracourier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.infra.KustoQueries.Case;
import io.soracourier.local.ChildProcesses;
import io.soracourier.local.NodePackages;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run of {@code src/test/kusto/queries.mjs}, which parses queries and evaluates them over rows.
 */
final class KustoSession implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process node;
  private final BufferedWriter questions;
  private final BufferedReader answers;
  private final JsonNode read;

  KustoSession(Map<String, String> queries) throws IOException {
    new NodePackages(Path.of(""), "src/test/kusto").file("@kusto/language-service-next");
    node =
        ChildProcesses.watch(
            new ProcessBuilder("node", "src/test/kusto/queries.mjs")
                .redirectErrorStream(true)
                .start());
    questions = node.outputWriter();
    answers = node.inputReader();
    read = ask(queries);
  }

  /** What the parser says of the queries: {@code diagnostics} and {@code columns}, by name. */
  JsonNode read() {
    return read;
  }

  /** The rows of each case, in their order. */
  JsonNode evaluate(List<Case> cases) throws IOException {
    return ask(cases);
  }

  private JsonNode ask(Object question) throws IOException {
    questions.write(JSON.writeValueAsString(question));
    questions.newLine();
    questions.flush();
    String answer = answers.readLine();
    if (answer == null || !(answer.startsWith("{") || answer.startsWith("["))) {
      throw new IllegalStateException(answer + String.join("\n", answers.lines().toList()));
    }
    return JSON.readTree(answer);
  }

  @Override
  public void close() throws IOException {
    questions.close();
    node.destroy();
  }
}
