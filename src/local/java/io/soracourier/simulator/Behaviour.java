package io.soracourier.simulator;

/** What of the services is unpublished or contradictory, switchable while the simulator runs. */
final class Behaviour {
  volatile boolean flatErrors;
  volatile int contentBeforeSuccess = 404;
  volatile int unsupportedApiVersion = 400;
  volatile boolean apiVersionRequired = true;
}
