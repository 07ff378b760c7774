package io.soracourier.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRequestIdTest {
  private static final String HEADER = "x-ms-client-request-id";

  /** A front may add it a second time, or join both. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "id", "id,id", "id, id", "front, id", "id ,front"})
  void responseWithTheIdAmongOthers_isToTheRequest(String received) {
    assertThatCode(() -> check(received)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"another", "identity", "ID", "a, b", "i d"})
  void responseWithAnotherId_namesTheHeaderAndWhatCame(String received) {
    assertThatThrownBy(() -> check(received))
        .rootCause()
        .hasMessage(
            "the response has x-ms-client-request-id %s, which is not the request's: it is to"
                    .formatted(received)
                + " another request, or something in between changes that header");
  }

  @Test
  void longTextInPlaceOfAnId_isCutAndWithoutWhatMayBeSecret() {
    String received = "https://a.example/?sig=c2VjcmV0 " + "x".repeat(500);

    assertThatThrownBy(() -> check(received))
        .rootCause()
        .hasMessageStartingWith("the response has x-ms-client-request-id https://a.example/")
        .hasMessageNotContainingAny("c2VjcmV0", "?", "=")
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(300));
  }

  private static void check(String received) {
    new StorageResponse(201, Map.of(HEADER, List.of(received)))
        .to(new RequestHead("PUT", URI.create("http://a/b")).header(HEADER, "id"));
  }
}
