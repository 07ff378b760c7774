package io.soracourier.function;

import io.soracourier.courier.LookResult;
import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Outcome;
import io.soracourier.courier.Waiting;
import io.soracourier.pictures.Picture;
import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.News;
import io.soracourier.records.RecordedVideo;
import io.soracourier.records.Trouble;
import io.soracourier.records.Trouble.Source;
import io.soracourier.sora.Generation;
import io.soracourier.sora.PictureKind;
import io.soracourier.sora.VideoJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a look has found out, as news for the records. */
final class LookNews {
  private LookNews() {}

  /**
   * @param messageId the queue's id of the message
   * @param pictures of the videos, by their generations
   * @param outcomes the messages about it
   */
  static News of(
      JobMessage job,
      @Nullable String messageId,
      LookResult result,
      Map<String, List<Picture>> pictures,
      List<String> outcomes,
      Instant now) {
    return new News.Looked(
        job.jobId().value(),
        new Chain(messageId, result.first()),
        result.looks(),
        now,
        result.again().map(again -> now.plus(again.delay())).orElse(null),
        result.job().map(LookNews::service).orElse(null),
        result.outcomes().stream()
            .filter(Outcome.Copied.class::isInstance)
            .map(Outcome.Copied.class::cast)
            .map(copied -> video(copied, pictures.getOrDefault(copied.generationId(), List.of())))
            .toList(),
        failure(result.outcomes()),
        result.again().flatMap(again -> trouble(again, now)).orElse(null),
        job.sendableCorrelationId(),
        outcomes);
  }

  private static Service service(VideoJob job) {
    return new Service(job.status(), job.progress().orElse(null), job.expiresAt().orElse(null));
  }

  private static RecordedVideo video(Outcome.Copied copied, List<Picture> pictures) {
    Generation generation = copied.generation();
    return new RecordedVideo(
        generation.id(),
        copied.blobUrl().toString(),
        copied.bytes(),
        copied.contentMd5(),
        generation.width(),
        generation.height(),
        generation.seconds(),
        url(pictures, PictureKind.THUMBNAIL),
        url(pictures, PictureKind.SPRITESHEET));
  }

  private static @Nullable String url(List<Picture> pictures, PictureKind kind) {
    return pictures.stream()
        .filter(picture -> picture.kind() == kind)
        .filter(Picture.Stored.class::isInstance)
        .map(picture -> ((Picture.Stored) picture).url().toString())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Failure failure(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .map(failed -> new Failure(failed.reason().code(), failed.message()))
        .findFirst()
        .orElse(null);
  }

  private static Optional<Trouble> trouble(LookAgain again, Instant now) {
    return source(again.cause()).map(source -> new Trouble(source, again.message(), now));
  }

  private static Optional<Source> source(Waiting cause) {
    return switch (cause) {
      case VIDEO -> Optional.empty();
      case SERVICE -> Optional.of(Source.SERVICE);
      case STORAGE -> Optional.of(Source.STORAGE);
      case COPY, COURIER -> Optional.of(Source.COURIER);
    };
  }
}
