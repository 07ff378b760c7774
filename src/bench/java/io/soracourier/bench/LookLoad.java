package io.soracourier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * Sends looks to a courier, so many at once, each of these at a job of its own that has changed
 * since the look before: so each look writes a record.
 */
final class LookLoad {
  private static final int PUTS_IN_A_SAMPLE = 20;

  private final BenchStack stack;
  private final List<String> jobIds;

  /**
   * What one look took, on average.
   *
   * @param latencyMillis from invocation to answer
   * @param processorMillis of the courier
   * @param azuriteMillis processor time of Azurite
   */
  record Took(
      double perSecond, double latencyMillis, double processorMillis, double azuriteMillis) {}

  LookLoad(BenchStack stack, List<String> jobIds) {
    this.stack = stack;
    this.jobIds = jobIds;
  }

  Took run(RunningCourier courier, int inFlight, int looks) {
    double courierBefore = courier.processorSeconds();
    double azuriteBefore = ProcStat.of(stack.azuritePid()).own();
    long start = System.nanoTime();
    send(courier, inFlight, looks);
    double seconds = (System.nanoTime() - start) / 1e9;
    double courierSeconds = courier.processorSeconds() - courierBefore;
    double azuriteSeconds = ProcStat.of(stack.azuritePid()).own() - azuriteBefore;
    stack.forgetMessages();
    return new Took(
        looks / seconds,
        seconds * inFlight / looks * 1e3,
        courierSeconds / looks * 1e3,
        azuriteSeconds / looks * 1e3);
  }

  private void send(RunningCourier courier, int inFlight, int looks) {
    AtomicInteger left = new AtomicInteger(looks);
    ExecutorService threads = Executors.newFixedThreadPool(inFlight);
    try {
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (String jobId : jobIds.subList(0, inFlight)) {
        senders.add(
            CompletableFuture.runAsync(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    courier.look(jobId);
                  }
                },
                threads));
      }
      senders.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  /** How long putting one message takes without a courier, one after the other. */
  Samples putMillis(int puts) {
    List<Double> millis = new ArrayList<>();
    for (int done = 0; done < puts + PUTS_IN_A_SAMPLE; done += PUTS_IN_A_SAMPLE) {
      long start = System.nanoTime();
      for (int i = 0; i < PUTS_IN_A_SAMPLE; i++) {
        stack.putMessage(jobIds.get(0));
      }
      if (done > 0) {
        millis.add((System.nanoTime() - start) / 1e6 / PUTS_IN_A_SAMPLE);
      }
    }
    stack.forgetMessages();
    return new Samples(millis);
  }

  static Samples samples(List<Took> took, ToDoubleFunction<Took> figure) {
    return new Samples(took.stream().mapToDouble(figure).boxed().toList());
  }
}
