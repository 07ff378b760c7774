package io.soracourier.table;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.soracourier.azure.StorageRequest;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Bounds how long a caller waits, whatever its work waits for: a token that another thread
 * requests, a connection, a body that comes byte by byte. The work runs on a thread of its own,
 * which is not interrupted: the token that it waits for is for the next caller, too.
 */
final class TimeLimit implements AutoCloseable {
  /**
   * Requests take some milliseconds each: these are thousands a second, and hundreds of looks that
   * end together have their turn in time. Where storage is slow, their time is over before.
   */
  private static final int MAX_THREADS = 40;

  private static final long KEPT_SECONDS = 60;

  private final Duration limit;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MAX_THREADS,
          MAX_THREADS,
          KEPT_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new DefaultThreadFactory("table-requests", true));

  TimeLimit(Duration limit) {
    this.limit = limit;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * @param name operation and object, for the message
   * @throws io.soracourier.storage.StorageException as the work throws it, and {@code TRANSIENT}
   *     when it takes too long
   */
  <T> T run(String name, Supplier<T> work) {
    Future<T> running;
    try {
      running = threads.submit(work::get);
    } catch (RejectedExecutionException e) {
      return late(name, "the process is ending");
    }
    try {
      return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      running.cancel(false);
      return late(name, "not within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      running.cancel(false);
      return failed(name, e);
    }
  }

  private static <T> T late(String name, String why) {
    return failed(name, new TimeoutException(why));
  }

  private static <T> T failed(String name, Exception why) {
    return StorageRequest.send(
        name,
        () -> {
          throw new CompletionException(why);
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
