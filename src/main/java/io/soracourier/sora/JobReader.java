package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.text.Excerpt;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a job from what either API answers, of which only the status has to be there. */
@ApplicationScoped
public class JobReader {
  private static final int LONGEST_WORDS = 500;
  private static final int LONGEST_NAME = 200;

  /** The year 9999: what is later was not given in seconds. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Endpoint endpoint;
  private final SoraErrors errors;
  private final ObjectMapper json;

  JobReader(Endpoint endpoint, SoraErrors errors, ObjectMapper json) {
    this.endpoint = endpoint;
    this.errors = errors;
    this.json = json;
  }

  /**
   * @throws SoraException when the answer is no job
   */
  public VideoJob read(JobId id, VideoApi api, ServiceAnswer answer) {
    if (answer.json().path("status").isTextual()) {
      try {
        return switch (api) {
          case SORA_1 -> sora1(id, answer);
          case VIDEOS -> video(id, answer);
        };
      } catch (JsonProcessingException e) {
        // said below, with the body as evidence
      }
    }
    throw errors.unreadable(answer.uri(), 200, answer.json().toString());
  }

  private VideoJob sora1(JobId id, ServiceAnswer service) throws JsonProcessingException {
    SoraJob job = json.treeToValue(service.json(), SoraJob.class);
    List<Generation> generations =
        Stream.ofNullable(job.generations())
            .flatMap(List::stream)
            .filter(generation -> generation != null && generation.id() != null)
            .map(
                generation ->
                    new Generation(
                        name(generation.id()),
                        content(VideoApi.SORA_1, generation.id()),
                        either(generation.width(), job.width()),
                        either(generation.height(), job.height()),
                        either(generation.seconds(), job.seconds())))
            .toList();
    return new VideoJob(
        id,
        VideoApi.SORA_1,
        JobState.of(job.status()),
        words(job.status()),
        time(job.createdAt()),
        time(job.finishedAt()),
        time(job.expiresAt()),
        generations,
        Optional.ofNullable(job.failureReason()).map(JobReader::words),
        Optional.empty(),
        service);
  }

  private VideoJob video(JobId id, ServiceAnswer service) throws JsonProcessingException {
    Video video = json.treeToValue(service.json(), Video.class);
    String[] size = video.size() == null ? new String[0] : video.size().split("x");
    Generation generation =
        new Generation(
            id.value(),
            content(VideoApi.VIDEOS, id.value()),
            size.length == 2 ? number(size[0]) : null,
            size.length == 2 ? number(size[1]) : null,
            number(video.seconds()));
    JobState state = JobState.of(video.status());
    Optional<Video.Failure> error = Optional.ofNullable(video.error());
    return new VideoJob(
        id,
        VideoApi.VIDEOS,
        state,
        words(video.status()),
        time(video.createdAt()),
        time(video.completedAt()),
        time(video.expiresAt()),
        state == JobState.SUCCEEDED ? List.of(generation) : List.of(),
        error.map(Video.Failure::code).map(JobReader::words),
        error.map(Video.Failure::message).map(JobReader::words),
        service);
  }

  /** What is no id goes nowhere but into a message. */
  private static String name(String generationId) {
    return JobId.isId(generationId) ? generationId : Excerpt.of(generationId, LONGEST_NAME);
  }

  /** Null where the service names something that is not an id: no request is made from that. */
  private URI content(VideoApi api, String generationId) {
    return JobId.isId(generationId) ? endpoint.content(api, generationId) : null;
  }

  private static String words(String text) {
    return Excerpt.of(text, LONGEST_WORDS);
  }

  private static Optional<Instant> time(Long seconds) {
    return Optional.ofNullable(seconds)
        .filter(value -> value > 0 && value <= LAST_SECOND)
        .map(Instant::ofEpochSecond);
  }

  private static Integer either(Integer first, Integer second) {
    return first != null ? first : second;
  }

  private static Integer number(String text) {
    return text != null && text.matches("\\d{1,6}") ? Integer.valueOf(text) : null;
  }
}
