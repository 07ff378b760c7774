package io.soracourier.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.StoredTable;
import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Page;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Azurite, with Microsoft's own client as the witness. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class TableRowsTest {
  private static final String TABLE = "jobs";
  private static final Map<String, Object> COLUMNS =
      Map.of(
          "state", "copying", "looks", 3, "bytes", 5_000_000_000L, "seconds", 10.0, "over", false);

  private final String partition = UUID.randomUUID().toString();

  @Inject Rows rows;
  @Inject FaultyStorageProfile.Faulty storage;

  private StoredTable witness;

  @BeforeEach
  void forgetFaults() {
    storage.tables().reset();
    witness = new StoredTable(storage.account(), TABLE);
  }

  @Test
  void tableMissing_readsAsEmptyAndIsCreatedByAnInsert() {
    if (witness.rows(partition).isEmpty()) {
      witness.client().deleteTable();
    }

    assertThat(rows.available()).isTrue();
    assertThat(rows.find(partition, "a")).isEmpty();
    assertThat(rows.page(partition, null, null, 10)).isEqualTo(new Page(List.of(), false));
    rows.delete(partition, "a");
    assertThatThrownBy(() -> rows.replace(partition, "a", COLUMNS, "W/\"1\""))
        .extracting("kind")
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(storage.tables().seen(TableRowsTest::isCreateTable)).isEmpty();

    rows.insert(partition, "a", COLUMNS);

    assertThat(witness.row(partition, "a"))
        .hasValueSatisfying(row -> assertThat(row).containsAllEntriesOf(COLUMNS));
    assertThat(storage.tables().seen(TableRowsTest::isCreateTable)).hasSize(1);
  }

  @Test
  void typesOfColumns_comeBackAsTheyWereWritten() {
    String version = rows.insert(partition, "a", COLUMNS);

    assertThat(rows.find(partition, "a")).hasValue(new Row(partition, "a", version, COLUMNS));
    assertThat(rows.page(partition, null, null, 1).rows())
        .containsExactly(new Row(partition, "a", version, COLUMNS));
    assertThat(witness.row(partition, "a"))
        .hasValueSatisfying(row -> assertThat(row).containsAllEntriesOf(COLUMNS));
  }

  @Test
  void columnWithoutAValue_isNotWritten() {
    Map<String, Object> columns = new HashMap<>(COLUMNS);
    columns.put("absent", null);

    rows.insert(partition, "a", columns);

    assertThat(rows.find(partition, "a")).map(Row::columns).hasValue(COLUMNS);
  }

  @Test
  void extremesOfNumbers_comeBackAsTheyWereWritten() {
    Map<String, Object> columns =
        Map.of(
            "a", Long.MIN_VALUE,
            "b", Long.MAX_VALUE,
            "c", Integer.MIN_VALUE,
            "d", Integer.MAX_VALUE,
            "e", Double.MIN_VALUE,
            "f", -0.1,
            "g", 1e300,
            "h", 0L);

    rows.insert(partition, "a", columns);

    assertThat(rows.find(partition, "a")).map(Row::columns).hasValue(columns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "it's '' \" \\ / # ?",
        "a\u2028b\u2029c\u0085d\u0000e\u001bf",
        "line\r\nfeeds\rand\ttabs\n",
        "\u00e4\u20ac\ufffd \ud83c\udfac \ufeff",
        "</script>&amp;<!--",
        "Edm.Int64",
        "123",
        "2026-11-26T00:00:00Z"
      })
  void anyText_comesBackAsItWas(String text) {
    rows.insert(partition, "a", Map.of("text", text));

    assertThat(rows.find(partition, "a")).map(row -> row.columns().get("text")).hasValue(text);
    assertThat(witness.row(partition, "a")).map(row -> row.get("text")).hasValue(text);
  }

  @Test
  void longestText_isAccepted() {
    String longest = "\u20ac".repeat(32 * 1024);

    rows.insert(partition, "a", Map.of("text", longest));

    assertThat(rows.find(partition, "a")).map(row -> row.columns().get("text")).hasValue(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "it's ''",
        "' or RowKey gt '",
        "a b+c%25=&;,()",
        "\u00e4\u20ac\ud83c\udfac",
        "task_01:gen.1~x@2"
      })
  void anyLegalKey_isFoundChangedAndDeleted(String key) {
    String first = rows.insert(partition + key, key, Map.of("n", 1));

    assertThat(rows.page(partition + key, null, key + "z", 10).rows())
        .extracting(Row::key)
        .containsExactly(key);
    String second = rows.replace(partition + key, key, Map.of("n", 2), first);
    assertThat(rows.find(partition + key, key))
        .hasValue(new Row(partition + key, key, second, Map.of("n", 2)));
    assertThat(witness.row(partition + key, key)).isPresent();
    rows.delete(partition + key, key);
    assertThat(rows.find(partition + key, key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "a\\b", "a#b", "a?b", "a\tb", "a\u007fb", "a\u009fb", "half \ud83c"})
  void illegalKey_isRejectedUnsent(String key) {
    for (Callable<?> call : callsWith(key)) {
      assertThatThrownBy(call::call)
          .hasMessageContaining("a key has a character that is not allowed there")
          .extracting("kind")
          .isEqualTo(Kind.REJECTED);
    }
    assertThat(storage.tables().seen()).isEmpty();
  }

  @Test
  void keyOverTheLimit_isTooLargeUnsent() {
    for (Callable<?> call : callsWith("k".repeat(513))) {
      assertThatThrownBy(call::call)
          .hasMessageContaining("a key has 513 characters, and 512 is the most; make it smaller")
          .extracting("kind")
          .isEqualTo(Kind.TOO_LARGE);
    }
    assertThat(storage.tables().seen()).isEmpty();
  }

  private List<Callable<?>> callsWith(String key) {
    return List.of(
        () -> rows.find(partition, key),
        () -> rows.find(key, "a"),
        () -> rows.insert(partition, key, COLUMNS),
        () -> rows.insert(key, "a", COLUMNS),
        () -> rows.replace(partition, key, COLUMNS, "W/1"),
        () -> rows.page(key, null, null, 1),
        () -> rows.page(partition, key, null, 1),
        () -> rows.page(partition, null, key, 1),
        () -> {
          rows.delete(partition, key);
          return null;
        });
  }

  @Test
  void rowOverALimit_isTooLargeUnsent() {
    Map<String, Object> megabyte = new HashMap<>();
    IntStream.range(0, 16).forEach(i -> megabyte.put("text" + i, "x".repeat(32 * 1024)));
    Map<String, Object> many = new HashMap<>();
    IntStream.range(0, 253).forEach(i -> many.put("n" + i, i));

    for (Map<String, Object> columns :
        List.of(Map.<String, Object>of("text", "x".repeat(32 * 1024 + 1)), megabyte, many)) {
      assertThatThrownBy(() -> rows.insert(partition, "a", columns))
          .hasMessageStartingWith("Insert Entity jobs failed: ")
          .hasMessageEndingWith(" is the most; make it smaller")
          .extracting("kind")
          .isEqualTo(Kind.TOO_LARGE);
      assertThatThrownBy(() -> rows.replace(partition, "a", columns, "W/1"))
          .extracting("kind")
          .isEqualTo(Kind.TOO_LARGE);
    }
    assertThat(storage.tables().seen()).isEmpty();
  }

  @Test
  void illegalColumn_isRejectedUnsent() {
    for (Map<String, Object> columns :
        List.of(
            Map.<String, Object>of("PartitionKey", "x"),
            Map.<String, Object>of("Timestamp", "x"),
            Map.<String, Object>of("odata.etag", "x"),
            Map.<String, Object>of("n@odata.type", "x"),
            Map.<String, Object>of("", "x"),
            Map.<String, Object>of("1st", "x"),
            Map.<String, Object>of("half", "\udfac"),
            Map.<String, Object>of("number", Double.NaN),
            Map.<String, Object>of("number", Double.NEGATIVE_INFINITY),
            Map.<String, Object>of("list", List.of()))) {
      assertThatThrownBy(() -> rows.insert(partition, "a", columns))
          .as("%s", columns)
          .extracting("kind")
          .isEqualTo(Kind.REJECTED);
    }
    assertThat(storage.tables().seen()).isEmpty();
  }

  @Test
  void rowThatIsThere_isNotInsertedOverIt() {
    rows.insert(partition, "a", COLUMNS);

    assertThatThrownBy(() -> rows.insert(partition, "a", Map.of("n", 1)))
        .hasMessageStartingWith("Insert Entity jobs failed: 409 EntityAlreadyExists")
        .extracting("kind")
        .isEqualTo(Kind.CONFLICT);
    assertThat(rows.find(partition, "a")).map(Row::columns).hasValue(COLUMNS);
  }

  @Test
  void rowThatWasChangedMeanwhile_isNotReplaced() {
    String first = rows.insert(partition, "a", Map.of("n", 1));
    awaitNextTick(first);
    String second = rows.replace(partition, "a", Map.of("n", 2), first);

    assertThat(second).isNotEqualTo(first);
    assertThatThrownBy(() -> rows.replace(partition, "a", Map.of("n", 3), first))
        .hasMessageStartingWith("Update Entity jobs failed: 412 UpdateConditionNotSatisfied")
        .extracting("kind")
        .isEqualTo(Kind.CONFLICT);
    assertThat(rows.find(partition, "a")).map(Row::columns).hasValue(Map.of("n", 2));
  }

  /**
   * Versions of Azurite are times, and two changes may have the same: any other change moves it.
   */
  private void awaitNextTick(String version) {
    for (int i = 0; rows.insert(partition, "tick" + i, Map.of()).equals(version); i++) {
      // the clock of the storage has not moved
    }
  }

  @Test
  void replace_replacesAllColumns() {
    String first = rows.insert(partition, "a", COLUMNS);

    rows.replace(partition, "a", Map.of("state", "copied"), first);

    assertThat(rows.find(partition, "a")).map(Row::columns).hasValue(Map.of("state", "copied"));
  }

  @Test
  void rowThatIsMissing_isNotReplacedAndMayBeDeleted() {
    String version = rows.insert(partition, "a", COLUMNS);
    rows.delete(partition, "a");
    rows.delete(partition, "a");

    assertThatThrownBy(() -> rows.replace(partition, "a", COLUMNS, version))
        .hasMessageStartingWith("Update Entity jobs failed: 404 ResourceNotFound")
        .extracting("kind")
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(rows.find(partition, "a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a b", "a\r\nx-ms-date: 1", "\u00e4"})
  void versionThatStorageNeverGave_isRejectedUnsent(String version) {
    assertThatThrownBy(() -> rows.replace(partition, "a", COLUMNS, version))
        .extracting("kind")
        .isEqualTo(Kind.REJECTED);
    assertThat(storage.tables().seen()).isEmpty();
  }

  @Test
  void page_isBoundedOrderedAndContinuedAfterItsLastKey() {
    for (String key : List.of("c", "a", "e", "b", "d")) {
      rows.insert(partition, key, Map.of());
    }
    rows.insert(partition + "x", "b", Map.of());

    assertThat(keys(rows.page(partition, null, null, 1000)))
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(keys(rows.page(partition, "a", "e", 1000))).containsExactly("b", "c", "d");
    Page first = rows.page(partition, null, null, 2);
    Page second = rows.page(partition, "b", null, 2);
    Page third = rows.page(partition, "d", null, 2);
    assertThat(keys(first)).containsExactly("a", "b");
    assertThat(first.more()).isTrue();
    assertThat(keys(second)).containsExactly("c", "d");
    assertThat(second.more()).isTrue();
    assertThat(keys(third)).containsExactly("e");
    assertThat(third.more()).isFalse();
    assertThat(rows.page(partition, "e", null, 2)).isEqualTo(new Page(List.of(), false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void pageOfAnotherSize_isRejectedUnsent(int limit) {
    assertThatThrownBy(() -> rows.page(partition, null, null, limit))
        .extracting("kind")
        .isEqualTo(Kind.REJECTED);
    assertThat(storage.tables().seen()).isEmpty();
  }

  @Test
  void emptyPartOfAResultWithMoreBehindIt_isFollowed() {
    rows.insert(partition, "a", COLUMNS);
    storage.tables().reset();
    storage
        .tables()
        .fail(
            TableRowsTest::isQuery,
            StorageFault.foreign(
                200,
                Map.of(
                    "x-ms-request-id", "request-1",
                    "x-ms-continuation-NextPartitionKey", "1!8!" + partition,
                    "x-ms-continuation-NextRowKey", "1!0!a b"),
                "{\"value\":[]}"));

    assertThat(keys(rows.page(partition, null, null, 5))).isNotNull();

    assertThat(storage.tables().seen())
        .extracting(Seen::query)
        .hasSize(2)
        .last()
        .asString()
        .contains("NextPartitionKey=1%218%21" + partition, "NextRowKey=1%210%21a%20b", "top=5")
        .contains("PartitionKey%20eq%20%27" + partition + "%27");
  }

  @Test
  void emptyPartsWithoutAnEnd_areGivenUp() {
    storage
        .tables()
        .failAlways(
            TableRowsTest::isQuery,
            StorageFault.foreign(
                200,
                Map.of(
                    "x-ms-request-id", "request-1", "x-ms-continuation-NextPartitionKey", "1!0!a"),
                "{\"value\":[]}"));

    assertThatThrownBy(() -> rows.page(partition, null, null, 5))
        .hasMessageContaining("no row in 10 parts of the result")
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
    assertThat(storage.tables().seen()).hasSize(10);
  }

  @Test
  void tenThousandRows_newestHundredComeInOneRequest() {
    StoredTable table = witness;
    rows.insert(partition, "first", Map.of());
    for (int start = 0; start < 10_000; start += 100) {
      List<TableTransactionAction> batch =
          IntStream.range(start, start + 100)
              .mapToObj(
                  i ->
                      new TableTransactionAction(
                          TableTransactionActionType.CREATE,
                          new TableEntity(partition, "%05d".formatted(i))
                              .addProperty("text", "x".repeat(500))))
              .toList();
      table.client().submitTransaction(batch);
    }
    storage.tables().reset();

    Page newest = rows.page(partition, null, null, 100);

    assertThat(keys(newest))
        .isEqualTo(IntStream.range(0, 100).mapToObj("%05d"::formatted).toList());
    assertThat(newest.more()).isTrue();
    assertThat(storage.tables().seen()).hasSize(1);
    assertThat(rows.page(partition, "04999", null, 1000).rows()).hasSize(1000);
  }

  @Test
  void concurrentInserts_ofOneRowSucceedOnce() throws Exception {
    List<Object> results =
        concurrently(
            16,
            i -> {
              try {
                return rows.insert(partition, "a", Map.of("n", i));
              } catch (StorageException e) {
                return e.kind();
              }
            });

    assertThat(results).filteredOn(Kind.CONFLICT::equals).hasSize(15);
    assertThat(results).filteredOn(String.class::isInstance).hasSize(1);
  }

  @Test
  void concurrentInserts_ofSeveralRowsIntoAMissingTableSucceed() throws Exception {
    for (int i = 0; i < 16; i++) {
      // One for each row: a late thread would otherwise meet two of them.
      String key = "\"k%d\"".formatted(i);
      storage
          .tables()
          .fail(
              seen -> isInsert(seen) && new String(seen.body(), UTF_8).contains(key),
              StorageFault.tableError(404, "TableNotFound"));
    }

    List<Object> results = concurrently(16, i -> rows.insert(partition, "k" + i, Map.of("n", i)));

    assertThat(results).hasSize(16);
    assertThat(witness.rows(partition)).hasSize(16);
    assertThat(storage.tables().seen(TableRowsTest::isInsert)).hasSize(32);
  }

  private static List<Object> concurrently(int count, IntFunction<Object> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Object>> calls =
          IntStream.range(0, count).<Callable<Object>>mapToObj(i -> () -> call.apply(i)).toList();
      List<Object> results = new ArrayList<>();
      for (Future<Object> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> keys(Page page) {
    return page.rows().stream().map(Row::key).toList();
  }

  private static boolean isQuery(Seen seen) {
    return seen.path().endsWith("()");
  }

  private static boolean isInsert(Seen seen) {
    return seen.method().equals("POST") && seen.path().endsWith("/" + TABLE);
  }

  private static boolean isCreateTable(Seen seen) {
    return seen.method().equals("POST") && seen.path().endsWith("/Tables");
  }
}
