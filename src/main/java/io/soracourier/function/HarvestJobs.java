package io.soracourier.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soracourier.handler.AzureFunction;
import io.soracourier.harvest.Harvest;
import jakarta.inject.Singleton;

/**
 * Every five minutes, enqueues the server's jobs that are missing; see {@link Harvest}. It does
 * nothing unless {@code courier.harvest.enabled} is set.
 *
 * <p>The schedule is not a setting: where one is named in an annotation and not set, the host
 * indexes no function of the app at all (azure-functions-host, issue 10346).
 */
@Singleton
@RegisterForReflection
public class HarvestJobs implements AzureFunction {
  public static final String NAME = "HarvestJobs";

  private final Harvest harvest;

  HarvestJobs(Harvest harvest) {
    this.harvest = harvest;
  }

  /**
   * @param timer the host's data of its schedule
   */
  @FunctionName(NAME)
  public void harvestJobs(
      @TimerTrigger(name = "timer", schedule = "0 */5 * * * *") String timer,
      ExecutionContext context) {
    harvest
        .run(context.getInvocationId())
        .ifPresent(
            run ->
                context
                    .getLogger()
                    .info("listed %d jobs, enqueued %d".formatted(run.listed(), run.enqueued())));
  }
}
