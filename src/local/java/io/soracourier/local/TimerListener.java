package io.soracourier.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Invokes a function when its timer is due: on one host of all that there are, never twice at the
 * same time, and without another try when it fails.
 *
 * <p>Source: azure-webjobs-sdk-extensions, {@code TimerListener} and {@code ScheduleMonitor}.
 */
final class TimerListener implements AutoCloseable {
  private static final Pattern SETTING = Pattern.compile("%([^%]+)%");

  /** Of hosts that wait for the one that holds the timer to end. */
  private static final Duration HELD_BY_ANOTHER = Duration.ofSeconds(1);

  private final FunctionDefinition function;
  private final HostServices host;
  private final TimerSchedule schedule;
  private final TimerMonitor monitor;
  private final Executor workers;
  private boolean stopped;
  private ScheduledFuture<?> waiting;

  TimerListener(
      FunctionDefinition function,
      HostServices host,
      Map<String, String> settings,
      String storage,
      Executor workers) {
    this.function = function;
    this.host = host;
    this.workers = workers;
    this.schedule =
        TimerSchedule.parse(resolved(function.trigger().attribute("schedule", ""), settings));
    this.monitor = TimerMonitor.of(storage, function.name());
  }

  /** The real host indexes no function of the app where a setting is missing. */
  private static String resolved(String schedule, Map<String, String> settings) {
    Matcher setting = SETTING.matcher(schedule);
    if (!setting.matches()) {
      return schedule;
    }
    String value = settings.get(setting.group(1));
    if (value == null) {
      throw new LocalStackException("'" + schedule + "' does not resolve to a value");
    }
    return value;
  }

  private ZonedDateTime now() {
    return host.clock().instant().atZone(ZoneOffset.UTC);
  }

  synchronized void start() {
    if (stopped) {
      return;
    }
    if (!monitor.hold(this)) {
      later(HELD_BY_ANOTHER, this::start);
    } else if (isMonitored() && monitor.isPastDue(now())) {
      later(Duration.ZERO, () -> invoke(true));
    } else if (function.trigger().raw().path("runOnStartup").asBoolean()) {
      later(Duration.ZERO, () -> invoke(false));
    } else {
      plan(false);
    }
  }

  private boolean isMonitored() {
    return function.trigger().raw().path("useMonitor").asBoolean(true)
        && schedule.isMonitored(now());
  }

  private synchronized void plan(boolean isRun) {
    ZonedDateTime next = schedule.next(now());
    monitor.due(next, isRun, now());
    later(Duration.between(now(), next), () -> invoke(false));
  }

  private synchronized void later(Duration delay, Runnable action) {
    if (!stopped) {
      waiting =
          host.timer()
              .schedule(() -> workers.execute(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void invoke(boolean pastDue) {
    run(pastDue);
    plan(true);
  }

  /**
   * Invokes the function now, as an administrator can.
   *
   * @return what became of it
   */
  Invocation run(boolean pastDue) {
    Dispatcher.Attempt attempt = host.dispatcher().attempt(function);
    Invocation invocation;
    try {
      HandlerAnswer answer = attempt.send(payload(pastDue));
      host.outputs().write(function, answer);
      invocation = attempt.record(null, 0, Outcome.SUCCEEDED, "");
    } catch (FailedInvocationException e) {
      Outcome outcome =
          host.isStopped() ? Outcome.ABANDONED : attempt.hung() ? Outcome.HUNG : Outcome.FAILED;
      invocation = attempt.record(null, 0, outcome, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      invocation = attempt.record(null, 0, Outcome.ABANDONED, "the host was stopped");
    }
    host.record(invocation);
    return invocation;
  }

  private Payload payload(boolean pastDue) {
    ObjectNode timer = Payload.JSON.createObjectNode();
    timer.putObject("Schedule").put("AdjustForDST", !schedule.isInterval());
    timer.set("ScheduleStatus", isMonitored() ? monitor.status(schedule.next(now())) : null);
    timer.put("IsPastDue", pastDue);
    return new Payload(host.shape())
        .metadata("sys", QueueInvoker.systemData(function, host.clock()))
        .data(function.trigger().name(), timer);
  }

  @Override
  public synchronized void close() {
    stopped = true;
    monitor.release(this);
    if (waiting != null) {
      waiting.cancel(false);
    }
  }
}
