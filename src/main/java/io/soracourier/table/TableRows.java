package io.soracourier.table;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.CreatedIfMissing;
import io.soracourier.storage.Rows;
import io.soracourier.storage.StorageException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows of a table of the account. */
final class TableRows implements Rows, AutoCloseable {
  /** The code for a missing row, or a missing table. */
  private static final Set<String> MISSING =
      Set.of("ResourceNotFound", "EntityNotFound", "TableNotFound");

  /** A version goes into a header. */
  private static final Pattern VERSION = Pattern.compile("(?!\\*$)[!-~]+");

  private final TableRequests requests;
  private final TimeLimit limit;
  private final TimeLimit limitOfPages;

  TableRows(TableRequests requests, TimeLimit limit, TimeLimit limitOfPages) {
    this.requests = requests;
    this.limit = limit;
    this.limitOfPages = limitOfPages;
  }

  @Override
  public Optional<Row> find(String partition, String key) {
    String name = checked("Get Entity", partition, key);
    return limit.run(
        name,
        () -> {
          try {
            return Optional.of(requests.getEntity(partition, key));
          } catch (AzureStorageException e) {
            return ifMissing(e, Optional.empty());
          }
        });
  }

  @Override
  public String insert(String partition, String key, Map<String, @Nullable Object> columns) {
    String name = checked("Insert Entity", partition, key);
    Map<String, Object> checked = Columns.checked(name, partition, key, columns);
    return limit.run(
        name,
        () ->
            CreatedIfMissing.send(
                "Table",
                () -> requests.insertEntity(partition, key, checked),
                requests::createTable));
  }

  @Override
  public String replace(
      String partition, String key, Map<String, @Nullable Object> columns, String version) {
    String name = checked("Update Entity", partition, key);
    Map<String, Object> checked = Columns.checked(name, partition, key, columns);
    if (!VERSION.matcher(version).matches()) {
      throw AzureStorageException.unsendable(
          Kind.REJECTED, name, "the version is not one that storage gave");
    }
    return limit.run(name, () -> requests.updateEntity(partition, key, checked, version));
  }

  @Override
  public void delete(String partition, String key) {
    String name = checked("Delete Entity", partition, key);
    limit.run(
        name,
        () -> {
          try {
            requests.deleteEntity(partition, key);
            return true;
          } catch (AzureStorageException e) {
            return ifMissing(e, false);
          }
        });
  }

  @Override
  public Page page(
      String partition, @Nullable String after, @Nullable String until, int limitOfRows) {
    String name = checked("Query Entities", partition, after == null ? "" : after);
    Keys.check(name, until == null ? "" : until);
    if (limitOfRows < 1 || limitOfRows > MAX_PAGE) {
      throw AzureStorageException.unsendable(
          Kind.REJECTED, name, limitOfRows + " rows, and a page has 1 to " + MAX_PAGE);
    }
    return limitOfPages.run(
        name,
        () -> {
          try {
            return requests.queryEntities(partition, after, until, limitOfRows);
          } catch (AzureStorageException e) {
            return ifMissing(e, new Page(List.of(), false));
          }
        });
  }

  private String checked(String operation, String partition, String key) {
    String name = requests.named(operation);
    Keys.check(name, partition);
    Keys.check(name, key);
    return name;
  }

  /** Only a code about the row or the table counts: any other 404 may be of something else. */
  private static <T> T ifMissing(AzureStorageException e, T nothing) {
    if (e.kind() == Kind.NOT_FOUND && MISSING.contains(e.errorCode())) {
      return nothing;
    }
    throw e;
  }

  @Override
  public void close() {
    limit.close();
    limitOfPages.close();
  }
}
