package io.soracourier.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.NodePackages;
import io.soracourier.local.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The rules of accessibility of axe (https://github.com/dequelabs/axe-core), run in a page. */
public final class Axe {
  private static final String RUN =
      """
      axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(
        violation => violation.nodes.map(node => ({
          rule: violation.id,
          help: violation.help,
          selector: node.target.flat().join(' '),
          summary: node.failureSummary
        }))))
      """;

  private final String source;

  private Axe(String source) {
    this.source = source;
  }

  public static Axe load() {
    try {
      return new Axe(
          Files.readString(
              new NodePackages(ProjectDirectory.path(), "src/test/axe")
                  .file("axe-core/axe.min.js")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with rule, element and advice where a page, as it is now, violates a rule. */
  public void assertAccessible(Tab tab, String what) {
    tab.evaluate("typeof axe === 'object' || (() => {" + source + "\n; return true; })()");
    List<String> violations = new ArrayList<>();
    for (JsonNode violation : tab.evaluate(RUN)) {
      violations.add(
          "%s: %s (%s) %s"
              .formatted(
                  violation.path("rule").asText(),
                  violation.path("selector").asText(),
                  violation.path("help").asText(),
                  violation.path("summary").asText()));
    }
    assertThat(violations).as("accessibility of " + what).isEmpty();
  }
}
