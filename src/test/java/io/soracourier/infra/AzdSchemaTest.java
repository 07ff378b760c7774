package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code azure.yaml} by azd's own schema, which leaves open what {@link AzdProjectTest} checks. */
class AzdSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(
              VersionFlag.V201909,
              builder ->
                  builder.schemaLoaders(
                      // Schemas of extensions: nothing here uses them, and nothing is fetched.
                      loaders ->
                          loaders.add(
                              address ->
                                  () ->
                                      new ByteArrayInputStream(
                                          "{}".getBytes(StandardCharsets.UTF_8)))))
          .getSchema(ProjectFile.read("src/test/resources/azure-dev/azure.yaml.json").json());

  @Test
  void project_isValid() throws IOException {
    assertThat(findings(ProjectFile.read("azure.yaml").text())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "preup:, preups:",
    "shell: sh, shell: zsh",
    "'      run: infra/hooks/check.sh\n', ''",
    "'    project: .\n', ''",
    "name: sora-courier, name: 4"
  })
  void mistake_isFound(String right, String wrong) throws IOException {
    String project = ProjectFile.read("azure.yaml").text();

    assertThat(project).contains(right);
    assertThat(findings(project.replace(right, wrong))).isNotEmpty();
  }

  private static Set<ValidationMessage> findings(String yaml) throws IOException {
    JsonNode project = new ObjectMapper(new YAMLFactory()).readTree(yaml);
    return SCHEMA.validate(project);
  }
}
