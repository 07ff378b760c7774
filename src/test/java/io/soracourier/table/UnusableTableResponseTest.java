package io.soracourier.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.Credentials;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.http.Proxies;
import io.soracourier.identity.TokenSource;
import io.soracourier.local.StorageFault;
import io.soracourier.storage.Rows;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Something is wrong with the response: there is an exception, and never a wrong value. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class UnusableTableResponseTest {
  private static final Map<String, String> OF_STORAGE = Map.of("x-ms-request-id", "request-1");
  private static final Duration SHORT = Duration.ofMillis(300);

  private final String partition = UUID.randomUUID().toString();

  @Inject Rows rows;
  @Inject FaultyStorageProfile.Faulty storage;

  @BeforeEach
  void forgetFaults() {
    storage.tables().reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 302, 307, 400, 403, 404, 407, 409, 412, 413, 500, 503})
  void portalInPlaceOfAnyOperation_isNeverBelieved(int status) {
    storage.tables().failAlways(seen -> true, StorageFault.portal(status));

    for (Runnable call : calls(rows)) {
      assertThatThrownBy(call::run)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("status " + status + " without x-ms-request-id")
          .extracting("kind")
          .isEqualTo(Kind.FOREIGN);
    }
    assertThat(storage.tables().seen()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"201, TableAlreadyExists", "204, ''", "409, TableAlreadyExists"})
  void portalInPlaceOfCreateTable_isNotTakenForTheTable(int status, String code) {
    storage
        .tables()
        .failAlways(
            seen -> seen.path().endsWith("/jobs"), StorageFault.tableError(404, "TableNotFound"));
    storage
        .tables()
        .failAlways(
            seen -> seen.path().endsWith("/Tables"),
            StorageFault.foreign(status, Map.of("x-ms-error-code", code), ""));

    assertThatThrownBy(() -> rows.insert(partition, "a", Map.of()))
        .hasMessageStartingWith("Create Table jobs failed: status " + status + " without ")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "<html>Sign in</html>",
        "{\"value\":",
        "{\"value\":{}}",
        "{\"value\":[{}]}",
        "{\"value\":[{\"PartitionKey\":\"other\",\"RowKey\":\"a\",\"odata.etag\":\"1\"}]}",
        "{\"PartitionKey\":\"other\",\"RowKey\":\"a\",\"odata.etag\":\"1\"}",
        "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"other\",\"odata.etag\":\"1\"}",
        "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"a\"}",
        "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"a\",\"odata.etag\":\"1\",\"n\":[]}",
        "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"a\",\"odata.etag\":\"1\",\"n\":99999999999}",
        "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"a\",\"odata.etag\":\"1\",\"n\":\"x\",\"n@odata.type\":\"Edm.Int64\"}",
        "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"a\",\"odata.etag\":\"1\"} {}",
        "{\"value\":[{\"PartitionKey\":\"%1$s\",\"RowKey\":\"z\",\"odata.etag\":\"1\"}]}",
        "{\"value\":[{\"PartitionKey\":\"%1$s\",\"RowKey\":\"b\",\"odata.etag\":\"1\"},"
            + "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"b\",\"odata.etag\":\"1\"}]}",
        "{\"value\":[{\"PartitionKey\":\"%1$s\",\"RowKey\":\"c\",\"odata.etag\":\"1\"},"
            + "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"d\",\"odata.etag\":\"1\"},"
            + "{\"PartitionKey\":\"%1$s\",\"RowKey\":\"e\",\"odata.etag\":\"1\"}]}"
      })
  void otherBody_isNotTakenForARow(String body) {
    storage
        .tables()
        .failAlways(seen -> true, StorageFault.foreign(200, OF_STORAGE, body.formatted(partition)));

    for (Runnable call :
        List.<Runnable>of(
            () -> rows.find(partition, "a"), () -> rows.page(partition, "a", "y", 2))) {
      assertThatThrownBy(call::run)
          .hasMessageContaining("status 200 without a readable body")
          .extracting("kind")
          .isEqualTo(Kind.FOREIGN);
    }
  }

  @Test
  void changeWithoutAVersion_isNotBelieved() {
    String version = rows.insert(partition, "a", Map.of());
    storage.tables().failAlways(seen -> true, StorageFault.changeHeaders(Map.of("ETag", "")));

    for (Runnable call :
        List.<Runnable>of(
            () -> rows.insert(partition, "b", Map.of()),
            () -> rows.replace(partition, "a", Map.of(), version))) {
      assertThatThrownBy(call::run)
          .hasMessageContaining("status 204 without a readable ETag")
          .extracting("kind")
          .isEqualTo(Kind.FOREIGN);
    }
  }

  @Test
  void responseFromACache_isNotBelieved() {
    rows.insert(partition, "a", Map.of());
    storage.tables().failAlways(seen -> true, StorageFault.changeHeaders(Map.of("Age", "5")));

    assertThatThrownBy(() -> rows.find(partition, "a"))
        .hasMessageContaining("status 200 from a cache")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  @Test
  void truncatedBody_isNoAnswer() {
    rows.insert(partition, "a", Map.of("text", "x".repeat(1000)));
    storage.tables().failAlways(seen -> true, StorageFault.cutAnswer());

    for (Runnable call :
        List.<Runnable>of(
            () -> rows.find(partition, "a"), () -> rows.page(partition, null, null, 5))) {
      assertThatThrownBy(call::run)
          .hasMessageContaining(" jobs failed: no response (")
          .extracting("kind")
          .isEqualTo(Kind.TRANSIENT);
    }
  }

  @Test
  void responseThatIsWithheld_isNotWaitedFor() {
    rows.insert(partition, "a", Map.of("text", "x".repeat(1000)));
    for (StorageFault fault : List.of(StorageFault.holdAnswer(), StorageFault.stallAnswer())) {
      storage.tables().reset();
      storage.tables().failAlways(seen -> true, fault);
      try (TableRows impatient = rowsWith(account(), SHORT)) {
        assertThatThrownBy(() -> impatient.find(partition, "a"))
            .hasMessageStartingWith("Get Entity jobs failed: no response (")
            .extracting("kind")
            .isEqualTo(Kind.TRANSIENT);
      }
    }
  }

  @Test
  void tokenThatIsWithheld_isNotWaitedForAndNotInterrupted() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CompletableFuture<String> requested = new CompletableFuture<>();
    Authentication slow =
        Credentials.bearer(
            new TokenSource() {
              @Override
              public String token(String scope) {
                try {
                  released.await();
                  requested.complete("not interrupted");
                } catch (InterruptedException e) {
                  requested.complete("interrupted");
                }
                return "late";
              }

              @Override
              public String freshToken(String scope) {
                return token(scope);
              }
            });
    try (TableRows impatient = rowsWith(slow, SHORT)) {
      assertThatThrownBy(() -> impatient.find(partition, "a"))
          .hasMessage(
              "Get Entity jobs failed: no response (TimeoutException: not within 300 ms); try again"
                  + " later")
          .extracting("kind")
          .isEqualTo(Kind.TRANSIENT);
      assertThat(storage.tables().seen()).isEmpty();

      released.countDown();

      assertThat(requested.get(30, TimeUnit.SECONDS)).isEqualTo("not interrupted");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, PropertyValueTooLarge, TOO_LARGE",
    "400, EntityTooLarge, TOO_LARGE",
    "413, RequestBodyTooLarge, TOO_LARGE",
    "400, InvalidInput, REJECTED",
    "403, AuthorizationPermissionMismatch, DENIED",
    "401, InvalidAuthenticationInfo, DENIED",
    "404, AccountNotFound, NOT_FOUND",
    "409, TableBeingDeleted, TRANSIENT",
    "500, OperationTimedOut, TRANSIENT",
    "503, ServerBusy, TRANSIENT",
    "429, TooManyRequests, TRANSIENT"
  })
  void refusal_hasItsKindAndIsNotRetried(int status, String code, Kind kind) {
    storage.tables().failAlways(seen -> true, StorageFault.tableError(status, code));

    for (Runnable call : calls(rows)) {
      assertThatThrownBy(call::run)
          .hasMessageContaining(
              " jobs failed: " + status + " " + code + " (request id request-1); ")
          .extracting("kind")
          .isEqualTo(kind);
    }
    assertThat(storage.tables().seen()).hasSize(5);
  }

  @Test
  void refusalInXml_isNamedToo() {
    storage
        .tables()
        .failAlways(
            seen -> true,
            StorageFault.foreign(
                403,
                OF_STORAGE,
                "<?xml version=\"1.0\"?><m:error xmlns:m=\"http://schemas.example.com\">"
                    + "<m:code>AuthenticationFailed</m:code><m:message>No.</m:message></m:error>"));

    assertThatThrownBy(() -> rows.find(partition, "a"))
        .hasMessageStartingWith(
            "Get Entity jobs failed: 403 AuthenticationFailed (request id request-1); the identity"
                + " needs the roles ");
  }

  @Test
  void missingSomething_isNotTakenForAMissingRow() {
    storage.tables().failAlways(seen -> true, StorageFault.foreign(404, OF_STORAGE, ""));

    for (Runnable call : calls(rows)) {
      assertThatThrownBy(call::run).extracting("kind").isEqualTo(Kind.NOT_FOUND);
    }
  }

  @Test
  void tableThatMayNotBeCreated_isNamed() {
    storage
        .tables()
        .failAlways(
            seen -> seen.path().endsWith("/jobs"), StorageFault.tableError(404, "TableNotFound"));
    storage
        .tables()
        .failAlways(
            seen -> seen.path().endsWith("/Tables"),
            StorageFault.tableError(403, "AuthorizationPermissionMismatch"));

    assertThatThrownBy(() -> rows.insert(partition, "a", Map.of()))
        .hasMessageStartingWith(
            "Create Table jobs failed: 403 AuthorizationPermissionMismatch (request id request-1);")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
    assertThat(storage.tables().seen()).hasSize(2);
  }

  @Test
  void refusalThatRepeatsTheRequest_isQuotedWithoutIt() {
    storage.tables().failAlways(seen -> true, StorageFault.echo(403, "sorry"));

    for (Runnable call : calls(rows)) {
      assertThatThrownBy(call::run)
          .isInstanceOf(StorageException.class)
          .satisfies(
              failure ->
                  assertThat(failure.getMessage())
                      .contains("failed: 403 (request id …); ")
                      .doesNotContain("SharedKey", "Authorization", partition));
    }
  }

  @Test
  void endlessBody_isNotReadToItsEnd() {
    storage
        .tables()
        .failAlways(
            seen -> true,
            StorageFault.foreign(200, OF_STORAGE, "{\"value\":[" + " ".repeat(17 * 1024 * 1024)));

    assertThatThrownBy(() -> rows.page(partition, null, null, 5))
        .hasMessageContaining("status 200 without a readable body")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  private List<Runnable> calls(Rows rows) {
    return List.of(
        () -> rows.find(partition, "a"),
        () -> rows.insert(partition, "a", Map.of()),
        () -> rows.replace(partition, "a", Map.of(), "W/1"),
        () -> rows.delete(partition, "a"),
        () -> rows.page(partition, null, null, 5));
  }

  private Authentication account() {
    return Credentials.of(storage.account().connectionString());
  }

  private TableRows rowsWith(Authentication authentication, Duration timeout) {
    return TableClients.rows(
        TableClients.builder(storage.tables().endpoint(), authentication, timeout, Proxies.none())
            .build(TableApi.class),
        "jobs",
        timeout);
  }
}
