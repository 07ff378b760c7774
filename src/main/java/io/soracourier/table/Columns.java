package io.soracourier.table;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.storage.StorageException.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the service takes as columns, so that what it would refuse is not sent.
 *
 * <p>Source: "Understanding the Table service data model" in Microsoft's REST reference, also for
 * the size of a row.
 */
final class Columns {
  private static final int MAX_COLUMNS = 252;
  private static final int MAX_NAME = 255;
  private static final int MAX_TEXT = 32 * 1024;
  private static final int MAX_ROW_BYTES = 1024 * 1024;
  private static final int ROW_BYTES = 4;
  private static final int COLUMN_BYTES = 8;
  private static final int TEXT_BYTES = 4;

  private static final Set<String> RESERVED = Set.of("PartitionKey", "RowKey", "Timestamp");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

  private Columns() {}

  /**
   * The columns that have a value.
   *
   * @param request that they are for, for the message
   * @throws AzureStorageException when the service does not take such a row
   */
  static Map<String, Object> checked(
      String request, String partition, String key, Map<String, @Nullable Object> columns) {
    Map<String, Object> present = new LinkedHashMap<>();
    columns.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    long bytes = ROW_BYTES + 2L * (partition.length() + key.length());
    for (Map.Entry<String, Object> column : present.entrySet()) {
      checkName(request, column.getKey());
      bytes +=
          COLUMN_BYTES
              + 2L * column.getKey().length()
              + size(request, column.getKey(), column.getValue());
    }
    if (present.size() > MAX_COLUMNS) {
      throw tooLarge(request, present.size() + " columns, and " + MAX_COLUMNS + " is the most");
    }
    if (bytes > MAX_ROW_BYTES) {
      throw tooLarge(request, "a row of " + bytes + " bytes, and 1 MiB is the most");
    }
    return Collections.unmodifiableMap(present);
  }

  private static void checkName(String request, String name) {
    if (name.length() > MAX_NAME || RESERVED.contains(name) || !NAME.matcher(name).matches()) {
      throw rejected(request, "a column has a name that is not allowed");
    }
  }

  private static int size(String request, String name, Object value) {
    if (value instanceof String text) {
      if (text.length() > MAX_TEXT) {
        throw tooLarge(
            request,
            "column %s has %d characters, and %d is the most"
                .formatted(name, text.length(), MAX_TEXT));
      }
      if (HALF_CHARACTER.matcher(text).find()) {
        throw rejected(request, "column " + name + " has half of a character");
      }
      return TEXT_BYTES + 2 * text.length();
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw rejected(request, "column " + name + " is not a finite number");
    }
    if (value instanceof Integer) {
      return Integer.BYTES;
    }
    if (value instanceof Long || value instanceof Double) {
      return Long.BYTES;
    }
    if (value instanceof Boolean) {
      return 1;
    }
    throw rejected(request, "column " + name + " has a type that is not supported");
  }

  private static AzureStorageException tooLarge(String request, String why) {
    return AzureStorageException.unsendable(Kind.TOO_LARGE, request, why);
  }

  private static AzureStorageException rejected(String request, String why) {
    return AzureStorageException.unsendable(Kind.REJECTED, request, why);
  }
}
