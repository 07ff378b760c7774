package io.soracourier.local;

import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Request;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.SoraSimulator;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which faults the simulated service has now, and how fast it sends. A download in progress becomes
 * slow, and fast again, with the switch; everything else counts from the next request on.
 */
final class FaultSwitches {
  private static final Pattern CONTENT = Pattern.compile("/media/.*|.*/content(/video)?");
  private static final long SLOW_BYTES_PER_SECOND = 64 * 1024;

  private final long bytesPerSecond;
  private final Set<ServiceFault> on = EnumSet.noneOf(ServiceFault.class);
  private Script jobs;
  private Script content;

  /**
   * @param bytesPerSecond how fast each video is sent
   */
  FaultSwitches(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** From now on this is the simulator that has the faults. */
  synchronized void apply(SoraSimulator simulator) {
    jobs = simulator.on(request -> isRead(request) && !isContent(request));
    content = simulator.on(request -> isRead(request) && isContent(request));
    script();
  }

  synchronized void turn(ServiceFault fault, boolean isOn) {
    if (isOn) {
      on.add(fault);
    } else {
      on.remove(fault);
    }
    script();
  }

  synchronized boolean isOn(ServiceFault fault) {
    return on.contains(fault);
  }

  private void script() {
    Fault ofJobs = Fault.none();
    Fault ofContent =
        Fault.changing(reply -> reply.withBody(new PacedContent(reply.body(), this::speed)));
    for (ServiceFault fault : on) {
      ofJobs = fault.ofJobs().map(ofJobs::and).orElse(ofJobs);
      ofContent = ofContent.and(fault.ofContent());
    }
    jobs.always(ofJobs);
    content.always(ofContent);
  }

  private long speed() {
    return isOn(ServiceFault.SLOW) ? SLOW_BYTES_PER_SECOND : bytesPerSecond;
  }

  /** Jobs can be made whatever is the matter. */
  private static boolean isRead(Request request) {
    return request.method().equals("GET");
  }

  private static boolean isContent(Request request) {
    return CONTENT.matcher(request.path()).matches();
  }
}
