package io.soracourier.infra;

import io.soracourier.infra.KustoQueries.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened, as the rows of a workspace have it: lines of the courier, writes to queues. */
final class Story {
  static final String JOB = "task_01k75f2h5mfbv8sd9x3q6zj4ra";
  static final Instant BEGIN = Instant.parse("2026-01-02T10:00:00Z");

  private final List<Map<String, Object>> traces = new ArrayList<>();
  private final List<Map<String, Object>> writes = new ArrayList<>();

  /** Somebody puts a message on the queue of jobs. */
  Story enqueued(Duration at) {
    return written(at, "sora-jobs", "");
  }

  Story poisoned(Duration at) {
    return written(at, "sora-jobs-poison", "");
  }

  /** A look: asks, puts the job back, and says so. */
  Story looked(Duration at, String job, Duration delay) {
    return said(at, "event=look invocationId=i%s jobId=%s look=2 state=queued", at, job)
        .written(
            at.plusMillis(40),
            "sora-jobs",
            "?visibilitytimeout=%d&messagettl=-1".formatted(delay.toSeconds()))
        .said(
            at.plusMillis(50),
            "event=look-again invocationId=i%s jobId=%s look=2 delaySeconds=%d.0 reason=\"not done\"",
            at,
            job,
            delay.toSeconds());
  }

  /** Looks at one job, one after the other, until a time. */
  Story looksUntil(Duration begin, Duration end, String job, Duration delay) {
    for (Duration at = begin; at.compareTo(end) < 0; at = at.plus(delay).plusSeconds(1)) {
      looked(at, job, delay);
    }
    return this;
  }

  Story copied(Duration at, String job) {
    return said(at, "event=copied invocationId=i%s jobId=%s bytes=1 seconds=0.5", at, job);
  }

  Story failed(Duration at, String job, String reason) {
    return said(at, "event=failed invocationId=i%s jobId=%s reason=%s", at, job, reason);
  }

  /** A line of the courier, as the host files it. */
  Story said(Duration at, String line, Object... values) {
    traces.add(row(at, "Message", "2026-01-02T10:00:00.000Z INFO  " + line.formatted(values)));
    return this;
  }

  private Story written(Duration at, String queue, String parameters) {
    Map<String, Object> row =
        row(at, "Uri", "https://st.queue.core.windows.net:443/" + queue + "/messages" + parameters);
    row.put("OperationName", "PutMessage");
    row.put("StatusText", "Success");
    writes.add(row);
    return this;
  }

  /** The alert of that name, evaluated at a time, over its own window. */
  Case at(Duration time, String alert) {
    String block =
        Template.ALERTS.first("(?s)(    name: '" + alert.replace("alert-", "") + "'\\n.*?\\n  })");
    Duration window = Duration.parse(ProjectFile.all(block, "window: '(\\w+)'").iterator().next());
    return new Case(alert, BEGIN.plus(time).toString(), window.toMinutes(), rows());
  }

  Case workbook(Duration time, String chart) {
    return new Case("workbook-" + chart, BEGIN.plus(time).toString(), 1440, rows());
  }

  private Map<String, List<Map<String, Object>>> rows() {
    return Map.of("AppTraces", traces, "StorageQueueLogs", writes);
  }

  private static Map<String, Object> row(Duration at, String column, Object value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("TimeGenerated", BEGIN.plus(at).toString());
    row.put(column, value);
    return row;
  }
}
