package io.soracourier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The instances that there are, by the rule of the scaler; which of them gets a message is chance.
 */
final class SimulatedFleet {
  private final QueueScaler scaler;
  private final RandomGenerator random;
  private final List<SimulatedInstance> instances = new ArrayList<>();
  private double asked = Double.NEGATIVE_INFINITY;

  SimulatedFleet(QueueScaler scaler, RandomGenerator random) {
    this.scaler = scaler;
    this.random = random;
  }

  /**
   * The instance that receives a message, with room for it, or else any one. The scaler is taken to
   * see a visible message whenever it asks, and no instance to be taken away: the dear case.
   *
   * @param now not before that of the call before
   * @param messages on the queue, visible or not
   */
  SimulatedInstance receiving(double now, int messages) {
    if (now >= asked + QueueScaler.EVERY_SECONDS) {
      asked = now;
      while (instances.size() < scaler.target(messages, true)) {
        instances.add(new SimulatedInstance());
      }
    }
    int start = random.nextInt(instances.size());
    for (int i = 0; i < instances.size(); i++) {
      SimulatedInstance instance = instances.get((start + i) % instances.size());
      if (instance.hasRoom(now)) {
        return instance;
      }
    }
    return instances.get(start);
  }

  int size() {
    return instances.size();
  }

  double billedGigabyteSeconds() {
    return instances.stream().mapToDouble(SimulatedInstance::billedGigabyteSeconds).sum();
  }
}
