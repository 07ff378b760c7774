package io.soracourier.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.StoredTable;
import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Page;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException.Kind;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  private static boolean isCreateTable(Seen seen) {
    return seen.method().equals("POST") && seen.path().endsWith("/Tables");
  }
}
