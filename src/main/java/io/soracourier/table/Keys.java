package io.soracourier.table;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.storage.StorageException.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Partition and row keys, in addresses and in filters, where a quote is written twice.
 *
 * <p>Source: "Understanding the Table service data model" and "Querying tables and entities" in
 * Microsoft's REST reference.
 */
final class Keys {
  /** A key has up to 1 KiB, of two bytes a character. */
  private static final int MAX_LENGTH = 512;

  private static final Pattern FORBIDDEN =
      Pattern.compile("[/\\\\#?\\x00-\\x1F\\x7F-\\x9F\\p{Cs}]");

  private Keys() {}

  /**
   * @param request that the key is for, for the message
   * @throws AzureStorageException when the service does not take such a key
   */
  static void check(String request, String key) {
    if (key.length() > MAX_LENGTH) {
      throw AzureStorageException.unsendable(
          Kind.TOO_LARGE,
          request,
          "a key has " + key.length() + " characters, and " + MAX_LENGTH + " is the most");
    }
    if (FORBIDDEN.matcher(key).find()) {
      throw AzureStorageException.unsendable(
          Kind.REJECTED,
          request,
          "a key has a character that is not allowed there: / \\ # ? or a control character, or half of one");
    }
  }

  /** {@code jobs(PartitionKey='p',RowKey='k')}. */
  static String address(String table, String partition, String key) {
    return table + "(PartitionKey=" + quoted(partition) + ",RowKey=" + quoted(key) + ")";
  }

  /**
   * Rows of a partition.
   *
   * @param after and {@code until} are left out themselves; null: no bound
   */
  static String filter(String partition, @Nullable String after, @Nullable String until) {
    return "PartitionKey eq "
        + quoted(partition)
        + (after == null ? "" : " and RowKey gt " + quoted(after))
        + (until == null ? "" : " and RowKey lt " + quoted(until));
  }

  private static String quoted(String key) {
    return "'" + key.replace("'", "''") + "'";
  }
}
