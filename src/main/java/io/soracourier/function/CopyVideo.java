package io.soracourier.function;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.soracourier.courier.Courier;
import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import io.soracourier.courier.LookLog;
import io.soracourier.courier.LookResult;
import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Outcome;
import io.soracourier.handler.AzureFunction;
import io.soracourier.handler.ReportedFailureException;
import io.soracourier.pictures.Picture;
import io.soracourier.pictures.Pictures;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.StorageException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a job id from the queue {@code sora-jobs}, looks at the job once, and reports the result on
 * the queue {@code sora-videos}, or puts the job back to be checked again.
 *
 * <p>The job is put back before the function returns: when that fails the function fails, and the
 * host keeps the message. So a job is never on no queue.
 */
@Singleton
@RegisterForReflection
public class CopyVideo implements AzureFunction {
  public static final String NAME = "CopyVideo";
  public static final String CONNECTION = "VideoStorage";
  public static final String JOBS = "sora-jobs";
  public static final String VIDEOS = "sora-videos";

  private final Courier courier;
  private final JobQueue queue;
  private final Pictures pictures;
  private final JobRecorder recorder;
  private final Clock clock;

  CopyVideo(Courier courier, JobQueue queue, Pictures pictures, JobRecorder recorder, Clock clock) {
    this.courier = courier;
    this.queue = queue;
    this.pictures = pictures;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * @param body a message as {@link JobMessage} describes it
   * @param messageId the queue's id of the message; null where the host does not say
   * @param videos one message per outcome, as {@link VideoMessage} describes them
   */
  @FunctionName(NAME)
  public void copyVideo(
      @QueueTrigger(name = "job", queueName = JOBS, connection = CONNECTION, dataType = "binary")
          byte[] body,
      @BindingName("Id") @Nullable String messageId,
      @QueueOutput(name = "video", queueName = VIDEOS, connection = CONNECTION)
          OutputBinding<List<String>> videos,
      ExecutionContext context) {
    LookLog log = LookLog.of(context.getInvocationId());
    JobMessage job;
    try {
      job = JobMessage.parse(body);
    } catch (InvalidMessageException e) {
      log.with(LogField.REASON, "invalid-message")
          .with(LogField.MESSAGE, e.getMessage())
          .write(LogEvent.FAILED);
      context.getLogger().info("failed: " + e.getMessage());
      String message = VideoMessage.invalid(e, clock.instant());
      videos.setValue(List.of(message));
      recorder.invalid(messageId, e, message, log);
      return;
    }
    LookLog jobLog =
        log.with(LogField.JOB_ID, job.jobId()).with(LogField.CORRELATION_ID, job.correlationText());
    JobRecorder.Look look = recorder.begin(job, messageId);
    LookResult result = look(job, look, jobLog);
    if (result.again().isPresent()) {
      LookAgain again = result.again().get();
      putBack(job, again, jobLog);
      context
          .getLogger()
          .info(
              "look %d at %s: %s, again in %d s"
                  .formatted(result.looks(), job.jobId(), again.why(), again.delay().toSeconds()));
    }
    Map<String, List<Picture>> beside = pictures(job, result);
    List<String> messages = new ArrayList<>();
    for (Outcome outcome : result.outcomes()) {
      messages.add(
          VideoMessage.of(
              outcome,
              outcome instanceof Outcome.Copied
                  ? beside.getOrDefault(outcome.generationId(), List.of())
                  : List.of(),
              job,
              result.looks()));
      context.getLogger().info(line(job, outcome));
    }
    if (!messages.isEmpty()) {
      videos.setValue(messages);
    }
    recorder.looked(look, job, messageId, result, beside, messages, jobLog);
  }

  /** After the job was put back: what they cost delays no other video. */
  private Map<String, List<Picture>> pictures(JobMessage job, LookResult result) {
    Map<String, Boolean> videos = new LinkedHashMap<>();
    for (Outcome outcome : result.outcomes()) {
      if (outcome instanceof Outcome.Copied copied) {
        videos.put(copied.generationId(), copied.fetched());
      }
    }
    return pictures.of(job.jobId(), result.job().map(VideoJob::api), videos);
  }

  private LookResult look(JobMessage job, JobRecorder.Look look, LookLog log) {
    try {
      return courier.look(job.jobId(), job.look(), log);
    } finally {
      recorder.end(job, look);
    }
  }

  /** Nobody but the courier knows why the storage refused it, and whom that concerns. */
  private void putBack(JobMessage job, LookAgain again, LookLog log) {
    try {
      queue.send(JOBS, job.with(again.note()), again.delay());
    } catch (StorageException e) {
      if (e.kind() != StorageException.Kind.DENIED) {
        throw e;
      }
      log.with(LogField.MESSAGE, e.getMessage()).write(LogEvent.DENIED);
      throw new ReportedFailureException(e);
    }
  }

  private static String line(JobMessage job, Outcome outcome) {
    if (outcome instanceof Outcome.Copied copied) {
      return "copied %s of %s to %s, %d bytes"
          .formatted(copied.generationId(), job.jobId(), copied.blobUrl(), copied.bytes());
    }
    Outcome.Failed failed = (Outcome.Failed) outcome;
    return "failed %s: %s: %s".formatted(job.jobId(), failed.reason().code(), failed.message());
  }
}
