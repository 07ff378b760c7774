package io.soracourier.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all hosts of an app share of its timers, which the real one keeps in its storage: which host
 * runs one, and when it was and will be due.
 */
final class TimerMonitor {
  private static final String NEVER = "0001-01-01T00:00:00";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private static final Map<String, TimerMonitor> ALL = new ConcurrentHashMap<>();

  private Object holder;
  private ZonedDateTime last;
  private ZonedDateTime next;

  private TimerMonitor() {}

  /** Of one function of an app with this storage. */
  static TimerMonitor of(String storage, String function) {
    return ALL.computeIfAbsent(storage + " " + function, any -> new TimerMonitor());
  }

  /** Whether this host is the one that runs it: the first that asks, while it lives. */
  synchronized boolean hold(Object host) {
    if (holder == null) {
      holder = host;
    }
    return holder == host;
  }

  synchronized void release(Object host) {
    if (holder == host) {
      holder = null;
    }
  }

  /** Whether it was due while no host ran. */
  synchronized boolean isPastDue(ZonedDateTime now) {
    return next != null && next.isBefore(now);
  }

  synchronized void due(ZonedDateTime at, boolean isRun, ZonedDateTime now) {
    next = at;
    last = isRun ? now : last;
  }

  synchronized ObjectNode status(ZonedDateTime planned) {
    return Payload.JSON
        .createObjectNode()
        .put("Last", text(last))
        .put("Next", text(next == null ? planned : next))
        .put("LastUpdated", text(last));
  }

  private static String text(ZonedDateTime time) {
    return time == null ? NEVER : TIME.format(time);
  }
}
