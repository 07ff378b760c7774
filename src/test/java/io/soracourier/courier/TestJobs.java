package io.soracourier.courier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.soracourier.sora.ErrorWords;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.JobTimes;
import io.soracourier.sora.ServiceResponse;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApis;
import io.soracourier.sora.VideoJob;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs as the service may describe them. */
final class TestJobs {
  private final JobId id;
  private final JobState state;
  private final String status;
  private Optional<Instant> created = Optional.empty();
  private Optional<Instant> finished = Optional.empty();
  private Optional<Instant> expires = Optional.empty();
  private List<Generation> generations = List.of();
  private Integer expected;
  private Optional<ErrorWords> failure = Optional.empty();
  private ServiceResponse answer;
  private VideoApi api = VideoApis.SORA_1;

  private TestJobs(JobId id, JobState state, String status) {
    this.id = id;
    this.state = state;
    this.status = status;
  }

  static TestJobs of(JobId id, JobState state, String status) {
    return new TestJobs(id, state, status);
  }

  static TestJobs succeeded(JobId id) {
    return new TestJobs(id, JobState.SUCCEEDED, "succeeded");
  }

  static Generation generation(String id) {
    return new Generation(
        id,
        JobId.isId(id) ? URI.create("https://r.openai.azure.com/content/" + id) : null,
        480,
        480,
        5);
  }

  /** Of the shape in which a job and its first video share their id. */
  TestJobs ofVideosApi() {
    api = VideoApis.VIDEOS;
    return this;
  }

  TestJobs created(Optional<Instant> at) {
    created = at;
    return this;
  }

  TestJobs finished(Instant at) {
    finished = Optional.of(at);
    return this;
  }

  TestJobs expires(Optional<Instant> at) {
    expires = at;
    return this;
  }

  TestJobs generations(String... ids) {
    generations = List.of(ids).stream().map(TestJobs::generation).toList();
    return this;
  }

  TestJobs expecting(int videos) {
    expected = videos;
    return this;
  }

  TestJobs failed(String code, String text) {
    boolean said = code != null || text != null;
    failure =
        said
            ? Optional.of(new ErrorWords(code == null ? "" : code, text == null ? "" : text))
            : Optional.empty();
    return this;
  }

  /** With an answer in which nothing is to be found. */
  TestJobs answered() {
    answer =
        new ServiceResponse(
            URI.create("https://r.openai.azure.com/job"),
            200,
            Map.of(),
            JsonNodeFactory.instance.objectNode());
    return this;
  }

  VideoJob job() {
    return new VideoJob(
        id,
        api,
        state,
        status,
        Optional.empty(),
        new JobTimes(created, finished, expires),
        generations,
        expected,
        failure,
        answer);
  }
}
