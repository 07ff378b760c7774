package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/log.md has every event with its level, and every field. */
class LogDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/reference/log.md");

  @Test
  void events_areThoseOfTheCode() throws IOException {
    assertThat(found("(?m)^\\| (`[a-z-]+` \\| [A-Z]+) \\|"))
        .containsExactlyElementsOf(
            Stream.of(LogEvent.values())
                .map(event -> "`" + event.code() + "` | " + event.level())
                .toList());
  }

  @Test
  void fields_areThoseOfTheCode() throws IOException {
    String table = found("(?s)\\n\\| field \\|(.*)").get(0);
    String firstCells =
        String.join(
            " ",
            Pattern.compile("(?m)^\\|([^|]+)\\|")
                .matcher(table)
                .results()
                .map(row -> row.group(1))
                .toList());

    assertThat(Pattern.compile("`(\\w+)`").matcher(firstCells).results().map(name -> name.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(LogField.values()).map(LogField::key).toList());
  }

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
