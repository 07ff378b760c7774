package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.sora.Endpoint;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/endpoint.md says what becomes of each address, and is right. */
class EndpointDocumentTest {
  static Stream<Row> rows() {
    return ProjectFile.read("docs/reference/endpoint.md").all("(?i)^\\| (`http.*) \\|$").stream()
        .map(Row::of);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whateverIsPasted_leadsToTheBaseAndTheHeaderOfTheKey(Row row) {
    Endpoint endpoint = Endpoint.parse(row.pasted());

    assertThat(endpoint.base()).hasToString(row.base());
    assertThat(endpoint.isAzure() ? "api-key" : "Authorization: Bearer").isEqualTo(row.key());
    assertThat(Endpoint.parse(row.base())).as("pasted once more").isEqualTo(endpoint);
  }

  record Row(String pasted, String base, String key) {
    static Row of(String row) {
      String[] cells = row.replace("`", "").split(" \\| ");
      return new Row(cells[0], cells[1], cells[2]);
    }
  }
}
