package io.soracourier.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.soracourier.content.Finding.Result;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.sora.PlaceName;
import io.soracourier.url.UrlProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The words of the diagnosis are the same in the code, the document and the schema. */
class DiagnosisDocumentTest {
  private static final Path DOCS = Path.of("docs/reference");
  private static final List<String> CONCLUSIONS =
      Stream.of(Conclusion.values()).map(Conclusion::code).toList();
  private static final List<String> VERDICTS =
      Stream.concat(
              Stream.of(Result.values()).map(Result::code),
              Stream.of(Unasked.values()).map(Unasked::code))
          .distinct()
          .toList();

  @Test
  void document_explainsEveryConclusionAndVerdict() throws IOException {
    assertThat(table("conclusion")).containsExactlyElementsOf(CONCLUSIONS);
    assertThat(table("verdict")).containsExactlyElementsOf(VERDICTS);
  }

  @Test
  void schema_namesEveryConclusionAndVerdict() throws IOException {
    JsonNode schema = schema();

    assertThat(words(schema.at("/properties/conclusion/enum")))
        .containsExactlyInAnyOrderElementsOf(CONCLUSIONS);
    assertThat(words(schema.at("/$defs/row/properties/verdict/enum")))
        .containsExactlyInAnyOrderElementsOf(VERDICTS);
  }

  @Test
  void everyPlace_isExplainedAndInTheSchema() throws IOException {
    List<String> codes = Stream.of(PlaceName.values()).map(PlaceName::code).toList();
    String rows = matches("(?s)\\| row \\|[^\n]*\n\\|[-|]+\n(.*?)\n\n").get(0);

    assertThat(
            rows.lines()
                .map(row -> row.split("\\|")[2])
                .flatMap(cell -> Pattern.compile("`([a-z-]+)`").matcher(cell).results())
                .map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(codes);
    assertThat(words(schema().at("/$defs/row/properties/code/enum")))
        .containsExactlyElementsOf(codes);
    assertThat(words(schema().at("/$defs/answer/properties/properties/items/enum")))
        .containsExactlyElementsOf(UrlProperties.TRIED);
  }

  @Test
  void excerpt_isOfTheSchema() throws IOException {
    String excerpt = matches("(?s)```json\n(.*?)```").get(0);

    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema())
                .validate(new ObjectMapper().readTree(excerpt)))
        .isEmpty();
  }

  /** The words in the first column of the table with this heading. */
  private static List<String> table(String heading) throws IOException {
    String rows = matches("(?s)\\| " + heading + " \\|[^\n]*\n\\|[-|]+\n(.*?)\n\n").get(0);
    return Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
        .matcher(rows)
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  private static List<String> matches(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(DOCS.resolve("diagnosis.md")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static JsonNode schema() throws IOException {
    return new ObjectMapper().readTree(DOCS.resolve("schema/diagnosis.schema.json").toFile());
  }

  private static List<String> words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
