package io.soracourier.handler;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** Functions that do what a test of the handler needs. */
@Singleton
public class SampleFunctions implements AzureFunction {
  @FunctionName("Echo")
  public void echo(
      @QueueTrigger(name = "in", queueName = "q", connection = "c", dataType = "binary")
          byte[] body,
      @QueueOutput(name = "out", queueName = "q", connection = "c") OutputBinding<String> out,
      @QueueOutput(name = "unused", queueName = "q", connection = "c") OutputBinding<String> none,
      ExecutionContext context) {
    context.getLogger().info("{0} of " + context.getFunctionName());
    context.getLogger().fine("not for the host");
    out.setValue(new String(body, StandardCharsets.UTF_8) + " by " + context.getInvocationId());
  }

  @FunctionName("Silent")
  public void silent(@QueueTrigger(name = "in", queueName = "q", connection = "c") byte[] body) {}

  @FunctionName("Throw")
  public void fail(@QueueTrigger(name = "in", queueName = "q", connection = "c") byte[] body) {
    throw new IllegalStateException(new String(body, StandardCharsets.UTF_8));
  }

  @FunctionName("ThrowError")
  public void failBadly(@QueueTrigger(name = "in", queueName = "q", connection = "c") byte[] body) {
    throw new AssertionError("an error");
  }

  /** One that the handler cannot bind. */
  public void unbindable(@QueueTrigger(name = "in", queueName = "q", connection = "c") int body) {}
}
