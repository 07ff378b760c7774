package io.soracourier.harvest;

import io.soracourier.harvest.HarvestRun.Parts;
import io.soracourier.harvest.HarvestRun.Report;
import io.soracourier.records.MemoryRecords;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobState;
import io.soracourier.sora.VideoApis;
import io.soracourier.storage.MemoryRows;
import io.soracourier.storage.MemoryVideoStore;
import io.soracourier.storage.Rows;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server, a storage account, and processes that harvest, one after the other. */
final class HarvestBench {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  /** The process has been killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  final MutableClock clock = MutableClock.at(NOW.toString());
  final ListedServer server = new ListedServer();
  final MemoryRows rows = new MemoryRows();
  final MemoryVideoStore videos = new MemoryVideoStore();
  final List<String> queue = new ArrayList<>();
  HarvestFilter filter = HarvestFilter.ALL;
  HarvestQueue sending = id -> queue.add(id.value());
  int stepsToLive = Integer.MAX_VALUE;
  int steps;
  private Process process = new Process();

  /** What dies with a process. */
  private final class Process {
    final Rows seenRows = mortal(Rows.class, rows);
    final MemoryRecords records = new MemoryRecords(seenRows);
    final Parts parts =
        new Parts(
            (api, query) -> {
              step();
              return server.page(api, query);
            },
            records.search(),
            records.claims(),
            mortal(VideoStore.class, videos),
            id -> {
              step();
              sending.enqueue(id);
              step();
            },
            new HarvestRows(seenRows, "http://127.0.0.1/v1"),
            new Remembered(),
            Endpoint.parse("http://127.0.0.1/v1"),
            filter,
            clock,
            () -> false);
  }

  void restart() {
    stepsToLive = Integer.MAX_VALUE;
    process = new Process();
  }

  MemoryRecords records() {
    return new MemoryRecords(rows);
  }

  HarvestRows kept() {
    return process.parts.rows();
  }

  Optional<Report> tryRun() {
    return new HarvestRun(process.parts).run(List.of(VideoApis.VIDEOS));
  }

  HarvestSummary run() {
    return tryRun().orElseThrow().summary();
  }

  HarvestSummary runLater() {
    clock.advance(Duration.ofMinutes(6));
    return run();
  }

  /** A job that succeeded, has expiry, and is in no way known here. */
  void missing(String id, int minutesOld, int minutesToExpiry) {
    server.add(
        id,
        JobState.SUCCEEDED,
        NOW.minusSeconds(60L * minutesOld),
        NOW.plusSeconds(60L * minutesToExpiry));
  }

  void store(String id) {
    videos.put(new VideoRef(id, id), new byte[] {1}, "x", id, id);
  }

  /** The courier looks at everything on the queue, and copies it. */
  void deliver() {
    queue.forEach(id -> records().ended(id, clock.instant(), null));
  }

  /** Each call is a step before which, and one after which, the process may be killed. */
  private <T> T mortal(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              step();
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                step();
              }
            }));
  }

  private void step() {
    steps++;
    if (--stepsToLive < 0) {
      throw new Killed();
    }
  }
}
