package io.soracourier.courier;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Keeps what is logged. */
public final class RecordCollector extends Handler {
  private final List<LogRecord> records;

  public RecordCollector(List<LogRecord> records) {
    this.records = records;
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
