package io.soracourier.records;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a job is in the table. One row, found by the job's id, has the key of the other one, which
 * holds all and is among the jobs of its time, newest first: so one request reads the newest jobs,
 * and one writes what is new of a job.
 */
final class RecordKeys {
  /** Partition of the rows by id: the key is the SHA-256 of the id, in hex. */
  static final String BY_ID = "id";

  /** Partition of the rows by time: the key begins with what is left of time. */
  static final String BY_TIME = "job";

  private static final Pattern TIME_KEY = Pattern.compile("\\d{16}-[0-9a-z-]{1,80}");

  private static final int MAX_MESSAGE_ID = 64;

  /** Milliseconds, some hundred thousand years from now. */
  private static final long END = 9_999_999_999_999_999L;

  private RecordKeys() {}

  static String ofJob(String jobId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(jobId.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Of a message that was no job: the queue's id of it, a UUID. */
  static String ofMessage(String messageId) {
    String key = messageId.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z-]", "");
    return key.isEmpty() || key.length() > MAX_MESSAGE_ID ? ofJob(messageId) : key;
  }

  static String atTime(Instant seen, String key) {
    return before(seen) + "-" + key;
  }

  /** Less than each key of that moment, and more than each of a later one. */
  static String before(Instant time) {
    return String.format(Locale.ROOT, "%016d", END - Math.max(0, time.toEpochMilli()));
  }

  static boolean isTimeKey(String text) {
    return TIME_KEY.matcher(text).matches();
  }

  /** The part of such a key that is the other row's. */
  static String ofTimeKey(String timeKey) {
    return timeKey.substring(timeKey.indexOf('-') + 1);
  }
}
