package io.soracourier.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.storage.StorageException;
import io.soracourier.text.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageResponseTest {
  private static final List<String> ID = List.of("08dcc132-82e5-4850-b86b-6fdd1bdd0eb2");

  @Test
  void documentedStatusWithARequestId_isStorages() {
    StorageResponse response = response(201, Map.of("X-MS-Request-ID", ID));

    assertThat(response.expect(201)).isSameAs(response);
    assertThat(response.expect(204, 201)).isSameAs(response);
  }

  @Test
  void requestIdTwice_isStorages() {
    StorageResponse response = response(201, Map.of("x-ms-request-id", List.of("a-1", "a-1")));

    assertThat(response.expect(201)).isSameAs(response);
  }

  @ParameterizedTest
  @ValueSource(ints = {102, 200, 201, 204, 302, 304, 307, 400, 403, 404, 407, 409, 413, 500, 503})
  void anyStatusWithoutARequestId_isForeign(int status) {
    assertForeign(
        response(status, Map.of("x-ms-error-code", List.of("ContainerAlreadyExists"))),
        "status " + status + " without x-ms-request-id, which no storage service sends");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "<>"})
  void requestIdThatSaysNothing_countsAsMissing(String id) {
    assertForeign(
        response(201, Map.of("x-ms-request-id", List.of(id))),
        "status 201 without x-ms-request-id, which no storage service sends");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 302})
  void successThatIsNotDocumented_isForeign(int status) {
    assertForeign(
        response(status, Map.of("x-ms-request-id", ID)),
        "status " + status + ", which is not the one that storage documents");
  }

  @Test
  void responseFromACache_isForeign() {
    assertForeign(
        response(201, Map.of("x-ms-request-id", ID, "age", List.of("31"))),
        "status 201 from a cache");
  }

  @Test
  void responseThatACacheHasJustFetched_isStorages() {
    StorageResponse response = response(201, Map.of("x-ms-request-id", ID, "Age", List.of("0")));

    assertThat(response.expect(201)).isSameAs(response);
  }

  @Test
  void errorOfStorage_isARefusal() {
    StorageResponse response =
        response(
            409, Map.of("x-ms-request-id", ID, "x-ms-error-code", List.of("BlobAlreadyExists")));

    assertThatThrownBy(() -> response.expect(201))
        .isInstanceOfSatisfying(
            StorageResponseException.class,
            refusal -> {
              assertThat(refusal.isForeign()).isFalse();
              assertThat(refusal.errorCode()).isEqualTo("BlobAlreadyExists");
              assertThat(refusal.description())
                  .isEqualTo("409 BlobAlreadyExists (request id " + ID.get(0) + ")");
            });
  }

  @Test
  void malformedCode_isOmittedFromTheDescription() {
    StorageResponse response =
        response(
            400,
            Map.of(
                "x-ms-request-id", List.of("a\u001b[1m?sig=b"),
                "x-ms-error-code", List.of("Odd\r\nCode <b>")));

    assertThat(response.refusal(false).description()).isEqualTo("400 (request id …)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pQ9+aB/cD?eF0", "pQ9aBcDeF0+/?", "p Q 9 + a B / c D", "p\0Q\0009\0+aB/cD?eF0"})
  void keyInACode_isNotShownWithoutItsSpecialCharacters(String header) {
    Secrets.Registration known =
        Secrets.registerUntilClosed(List.of("pQ9+aB/cD?eF0", "pQ9aBcDeF0+/?"));
    StorageResponse response =
        response(
            400, Map.of("x-ms-request-id", List.of(header), "x-ms-error-code", List.of(header)));

    assertThat(response.refusal(false).description()).isEqualTo("400 (request id …)");
    assertThat(response.isForeign()).isFalse();
    known.close();
  }

  @Test
  void tokensThatNeverEnd_areCut() {
    StorageResponse response =
        response(
            400,
            Map.of(
                "x-ms-request-id", List.of("a".repeat(10_000)),
                "x-ms-error-code", List.of("b".repeat(10_000))));

    assertThat(response.refusal(false).description()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "many", "99999999999999999999", "3,3"})
  void contentLengthThatIsNotALength_isUnreadable(String length) {
    StorageResponse response = response(200, Map.of("Content-Length", List.of(length)));

    assertUnreadable(response::contentLength, "Content-Length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-11-25T10:00:00Z", "Wed, 31 Feb 2026 10:00:00 GMT"})
  void lastModifiedThatIsNotAnHttpDate_isUnreadable(String date) {
    StorageResponse response = response(200, Map.of("Last-Modified", List.of(date)));

    assertUnreadable(response::lastModified, "Last-Modified");
  }

  @Test
  void headersInAnotherCase_areRead() {
    StorageResponse response =
        response(
            200,
            Map.of(
                "content-length", List.of(" 12 "),
                "LAST-MODIFIED", List.of("Wed, 25 Nov 2026 10:00:00 GMT"),
                "content-md5", List.of("XUFAKrxLKna5cZ2REBfFkg=="),
                "X-Ms-Meta-JobId", List.of("Task_1")));

    assertThat(response.contentLength()).isEqualTo(12);
    assertThat(response.lastModified()).isEqualTo(Instant.parse("2026-11-25T10:00:00Z"));
    assertThat(response.contentMd5()).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(response.headerOrNull("x-ms-meta-jobid")).isEqualTo("Task_1");
    assertThat(response.headerOrNull("x-ms-meta-generationid")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no Base64!", "XUFAKrxLKna5", "XUFAKrxLKna5cZ2REBfFkmY="})
  void contentMd5ThatIsNotAnMd5_countsAsMissing(String md5) {
    assertThat(response(200, Map.of("Content-MD5", List.of(md5))).contentMd5()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "404, BlobNotFound, NOT_FOUND",
    "403, AuthorizationFailure, DENIED",
    "400, InvalidHeaderValue, DENIED",
    "412, LeaseIdMissing, DENIED",
    "409, BlobAlreadyExists, CONFLICT",
    "409, BlobUsesCustomerSpecifiedEncryption, OCCUPIED",
    "409, InvalidBlobType, OCCUPIED",
    "409, BlobArchived, OCCUPIED",
    "409, BlockCountExceedsLimit, OCCUPIED",
    "409, ContainerBeingDeleted, TRANSIENT",
    "400, Md5Mismatch, CORRUPT",
    "400, InvalidBlobOrBlock, REJECTED",
    "503, ServerBusy, TRANSIENT"
  })
  void errorsOfStorage_areWhatTheirStatusAndCodeSay(
      int status, String code, StorageException.Kind kind) {
    assertThat(StorageErrors.of(status, code).kind()).isEqualTo(kind);
  }

  private static void assertForeign(StorageResponse response, String description) {
    assertThatThrownBy(() -> response.expect(201, response.status() == 201 ? 201 : 299))
        .isInstanceOfSatisfying(
            StorageResponseException.class,
            refusal -> {
              assertThat(refusal.isForeign()).isTrue();
              assertThat(refusal.errorCode()).isEmpty();
              assertThat(refusal.description()).isEqualTo(description);
              assertThat(AzureStorageException.refused("Put Block videos/a", refusal))
                  .hasMessage(
                      "Put Block videos/a failed: "
                          + description
                          + "; is a proxy or a captive portal in between?")
                  .extracting("kind", "retryable")
                  .containsExactly(StorageException.Kind.FOREIGN, true);
            });
  }

  private static void assertUnreadable(Runnable reading, String header) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            StorageResponseException.class,
            refusal ->
                assertThat(refusal.description())
                    .isEqualTo("status 200 without a readable " + header));
  }

  private static StorageResponse response(int status, Map<String, List<String>> headers) {
    return new StorageResponse(status, headers);
  }
}
