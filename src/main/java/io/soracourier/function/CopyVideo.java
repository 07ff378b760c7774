package io.soracourier.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soracourier.handler.AzureFunction;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
@RegisterForReflection
public class CopyVideo implements AzureFunction {
  public static final String CONNECTION = "VideoStorage";
  public static final String JOBS = "sora-jobs";
  public static final String VIDEOS = "sora-videos";

  @FunctionName("CopyVideo")
  public void copyVideo(
      @QueueTrigger(name = "job", queueName = JOBS, connection = CONNECTION, dataType = "binary")
          byte[] body,
      @QueueOutput(name = "video", queueName = VIDEOS, connection = CONNECTION)
          OutputBinding<List<Object>> videos,
      ExecutionContext context) {
    context.getLogger().info(new String(body));
  }
}
