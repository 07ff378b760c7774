package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.SoraException.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobReaderTest {
  private static final JobId TASK = new JobId("task_01k742sg3vabcdefghjkmnpqrs");
  private static final JobId VIDEO = new JobId("video_69800e80a1b2819089abcdef01234567");
  private static final URI ASKED = URI.create("https://r.openai.azure.com/openai/v1/asked");

  private static final Clock CLOCK = MutableClock.at("2026-11-22T10:00:00Z");

  private final JobReader reader =
      new JobReader(
          Endpoint.parse("https://r.openai.azure.com"), Errors.of(CLOCK), new ServiceClock(CLOCK));

  @Test
  void sora1Job_isReadWithAllItSays() {
    VideoJob job =
        sora1(
            """
            {"object":"video.generation.job","id":"task_01k742sg3vabcdefghjkmnpqrs","status":"succeeded",
             "created_at":1760000000,"finished_at":1760000034,"expires_at":1760086434,
             "generations":[{"object":"video.generation","id":"gen_01k742tdqrabcdefghjkmnpqrs",
               "job_id":"task_01k742sg3vabcdefghjkmnpqrs","created_at":1760000032,
               "width":480,"height":360,"n_seconds":5,"prompt":"a paper boat"}],
             "prompt":"a paper boat","model":"my-sora","n_variants":1,"n_seconds":5,"height":480,"width":480,
             "failure_reason":null}""");

    assertThat(job.id()).isEqualTo(TASK);
    assertThat(job.api()).isEqualTo(VideoApis.SORA_1);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.createdAt()).contains(Instant.ofEpochSecond(1760000000));
    assertThat(job.finishedAt()).contains(Instant.ofEpochSecond(1760000034));
    assertThat(job.expiresAt()).contains(Instant.ofEpochSecond(1760086434));
    assertThat(job.failure()).isEmpty();
    assertThat(job.generations())
        .containsExactly(
            new Generation(
                "gen_01k742tdqrabcdefghjkmnpqrs",
                URI.create(
                    "https://r.openai.azure.com/openai/v1/video/generations/gen_01k742tdqrabcdefghjkmnpqrs/content/video?api-version=preview"),
                480,
                360,
                5));
  }

  @Test
  void video_isReadWithAllItSays() {
    VideoJob job =
        video(
            """
            {"id":"video_69800e80a1b2819089abcdef01234567","object":"video","created_at":1770000000,
             "status":"completed","completed_at":1770000058,"error":null,"expires_at":1770086400,
             "model":"sora-2","progress":100,"prompt":"a paper boat","seconds":"4","size":"1280x720"}""");

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.status()).isEqualTo("completed");
    assertThat(job.finishedAt()).contains(Instant.ofEpochSecond(1770000058));
    assertThat(job.expiresAt()).contains(Instant.ofEpochSecond(1770086400));
    assertThat(job.generations())
        .containsExactly(
            new Generation(
                VIDEO.value(),
                URI.create(ASKED.resolve("videos/" + VIDEO + "/content").toString()),
                1280,
                720,
                4));
  }

  @Test
  void videosOfOneJob_areTheJobsIdAndTheirNumbers() {
    VideoJob job = video("{\"status\":\"completed\",\"num_outputs\":3,\"size\":\"1280x720\"}");

    String content = ASKED.resolve("videos/" + VIDEO + "/content").toString();
    assertThat(job.generations())
        .containsExactly(
            new Generation(VIDEO.value(), URI.create(content), 1280, 720, null),
            new Generation(VIDEO + "@1", URI.create(content + "?output_index=1"), 1280, 720, null),
            new Generation(VIDEO + "@2", URI.create(content + "?output_index=2"), 1280, 720, null));
    assertThat(job.generations()).extracting(Generation::index).containsExactly(0, 1, 2);
  }

  @Test
  void videoThatIsNotAnnouncedAnyMore_isWhereEitherQuerySelectsIt() {
    Generation video =
        Generation.unlisted(
            VIDEO + "@1", VideoApis.VIDEOS, Endpoint.parse("https://r.openai.azure.com"));

    String content = ASKED.resolve("videos/" + VIDEO + "/content").toString();
    assertThat(video.content()).hasToString(content + "?index=1");
    assertThat(video.otherContent()).hasToString(content + "?output_index=1");
    assertThat(video.elsewhere().content()).isEqualTo(video.otherContent());
  }

  @ParameterizedTest
  @CsvSource({
    "a, true", "a@1, true", "a@99, true", "a%2Fb:c@1, true", "a@0, false", "a@01, false",
    "a@100, false", "a@, false", "@1, false", "a@1@2, false", "..@1, false", "a@x, false"
  })
  void idOfAGeneration_mayEndWithItsNumber(String id, boolean isOne) {
    assertThat(Generation.isId(id)).isEqualTo(isOne);
    assertThat(JobId.isId(id)).isEqualTo(id.equals("a"));
  }

  @Test
  void idOfAGeneration_isAsLongAsTheJobsAndItsNumber() {
    assertThat(Generation.isId("a".repeat(512) + "@31")).isTrue();
    assertThat(Generation.isId("a".repeat(513) + "@31")).isFalse();
  }

  @Test
  void optionalFieldsAbsent_areUnknown() {
    VideoJob job =
        sora1("{\"status\":\"succeeded\",\"generations\":[{\"id\":\"gen_1\",\"job_id\":\"t\"}]}");

    assertThat(job.createdAt()).isEmpty();
    assertThat(job.finishedAt()).isEmpty();
    assertThat(job.expiresAt()).isEmpty();
    assertThat(job.generations()).extracting(Generation::width).containsOnlyNulls();
    assertThat(video("{\"status\":\"completed\"}").generations())
        .extracting(Generation::id)
        .containsExactly(VIDEO.value());
  }

  @Test
  void generationWithoutSize_hasTheJobs() {
    VideoJob job =
        sora1(
            "{\"status\":\"succeeded\",\"generations\":[{\"id\":\"gen_1\"}],\"width\":1920,\"height\":1080,\"n_seconds\":20}");

    assertThat(job.generations())
        .extracting(Generation::width, Generation::height, Generation::seconds)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1920, 1080, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"succeeded\"}",
        "{\"status\":\"succeeded\",\"generations\":null}",
        "{\"status\":\"succeeded\",\"generations\":[]}",
        "{\"status\":\"succeeded\",\"generations\":[null,{},{\"id\":null}]}"
      })
  void noGeneration_isIgnored(String body) {
    assertThat(sora1(body).generations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secrets", "gen/1", "gen_1?x", ""})
  void generationWithAMalformedId_hasNoAddress(String id) {
    VideoJob job = sora1("{\"status\":\"succeeded\",\"generations\":[{\"id\":\"" + id + "\"}]}");

    assertThat(job.generations()).extracting(Generation::content).containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "'\"8\"', 8", "'\"12s\"', ", "'\"\"', ", "null, ", "'\"99999999999\"', "})
  void seconds_areANumberInAStringOrNot(String json, Integer seconds) {
    assertThat(video("{\"status\":\"completed\",\"seconds\":" + json + "}").generations())
        .extracting(Generation::seconds)
        .containsExactly(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "1280x720, 1280, 720",
    "1280*720, 1280, 720",
    "' 1280 X 720', 1280, 720",
    "x, , ",
    "1280x, , ",
    "1x2x3, , ",
    "axb, , "
  })
  void size_isTwoNumbersOrUnknown(String size, Integer width, Integer height) {
    assertThat(video("{\"status\":\"completed\",\"size\":\"" + size + "\"}").generations())
        .extracting(Generation::width, Generation::height)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(width, height));
  }

  @Test
  void failureOfEitherApi_isRead() {
    VideoJob sora1 = sora1("{\"status\":\"failed\",\"failure_reason\":\"input_moderation\"}");
    VideoJob video =
        video(
            "{\"status\":\"failed\",\"error\":{\"code\":\"moderation_blocked\",\"message\":\"Your request was blocked.\",\"misalignment\":{}}}");

    assertThat(code(sora1)).contains("input_moderation");
    assertThat(sora1.moderated()).isTrue();
    assertThat(code(video)).contains("moderation_blocked");
    assertThat(text(video)).contains("Your request was blocked.");
    assertThat(video.moderated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"detail\":\"GPU out of memory\"",
        "\"error\":null,\"message\":\"GPU out of memory\"",
        "\"error_message\":\"GPU out of memory\",\"message\":\"sorry\"",
        "\"error\":{},\"details\":[{\"msg\":\"GPU out of memory\"}]"
      })
  void reasonUnderAnotherName_isTheMessage(String field) {
    assertThat(text(video("{\"status\":\"failed\"," + field + "}"))).contains("GPU out of memory");
    assertThat(video("{\"status\":\"completed\"," + field + "}").failure()).isEmpty();
  }

  @Test
  void errorThatIsASentence_isTheMessage() {
    VideoJob video = video("{\"status\":\"failed\",\"error\":\"out of capacity\"}");

    assertThat(code(video)).isEmpty();
    assertThat(text(video)).contains("out of capacity");
    assertThat(video("{\"status\":\"completed\",\"error\":\"\"}").failure()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "input_moderation, true",
    "output_moderation, true",
    "MODERATION_BLOCKED, true",
    "internal_error, false",
    "face_upload_not_allowed, false",
  })
  void moderation_isRecognisedByTheReasonInAnyLocale(String reason, boolean moderated) {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(sora1("{\"status\":\"failed\",\"failure_reason\":\"" + reason + "\"}").moderated())
          .isEqualTo(moderated);
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void wordsOfTheService_areCleanedForAMessage() {
    String words = "a\\r\\nb\\ud800" + "x".repeat(10_000);

    VideoJob sora1 = sora1("{\"status\":\"" + words + "\",\"failure_reason\":\"" + words + "\"}");
    VideoJob video =
        video(
            "{\"status\":\"failed\",\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}"
                .formatted(words, words));

    assertThat(
            java.util.List.of(
                sora1.status(),
                code(sora1).orElseThrow(),
                code(video).orElseThrow(),
                text(video).orElseThrow()))
        .allSatisfy(text -> assertThat(text).startsWith("a b\ufffdxxx").hasSizeLessThan(600));
    assertThat(sora1.state()).isEqualTo(JobState.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"succeeded\"",
        "{}",
        "{\"status\":null}",
        "{\"status\":7}",
        "{\"status\":{\"a\":1}}",
        "{\"status\":\" \"}",
        "{\"prompt\":\"a secret prompt\",\"object\":\"video\"}"
      })
  void responseWithoutAStatus_isReportedWithItsShapeAndNothingOfIt(String body) {
    assertThatThrownBy(() -> sora1(body))
        .isInstanceOfSatisfying(
            SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
        .isNotInstanceOf(SoraUnavailableException.class)
        .hasMessageStartingWith("GET /openai/v1/asked returned 200 with no job of this API: ")
        .hasMessageNotContaining("secret prompt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"request_id\":\"a\"}", "accepted"})
  void acceptedWithoutAStatus_isNotDone(String body) {
    VideoJob job = reader.read(VIDEO, VideoApis.VIDEOS, answer(202, body));

    assertThat(job.state()).isEqualTo(JobState.UNFINISHED);
    assertThat(job.status()).isEqualTo("202 Accepted");
  }

  @Test
  void acceptedWithAStatus_hasThatState() {
    assertThat(reader.read(VIDEO, VideoApis.VIDEOS, answer(202, "{\"status\":\"done\"}")).state())
        .isEqualTo(JobState.SUCCEEDED);
  }

  /** As xAI's own client reads it. */
  @Test
  void videoWithoutAStatus_isDone() {
    VideoJob job = video("{\"video\":{\"url\":\"https://vidgen.x.ai/a.mp4\",\"duration\":6}}");

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.generations()).extracting(Generation::seconds).containsExactly(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at",
        "completed_at",
        "expires_at",
        "error",
        "size",
        "seconds",
        "progress",
        "prompt",
        "model",
        "quality",
        "video",
        "metadata",
        "id",
        "object",
        "usage"
      })
  void fieldOfAnyType_leavesTheJobReadable(String field) {
    for (String value : ODD_VALUES) {
      VideoJob job = video("{\"status\":\"completed\",\"%s\":%s}".formatted(field, value));

      assertThat(job.state()).as(field + " " + value).isEqualTo(JobState.SUCCEEDED);
      assertThat(job.generations()).as(field + " " + value).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at",
        "finished_at",
        "expires_at",
        "failure_reason",
        "error",
        "width",
        "height",
        "n_seconds",
        "n_variants",
        "prompt",
        "inpaint_items"
      })
  void fieldOfASora1JobOfAnyType_leavesItReadable(String field) {
    for (String value : ODD_VALUES) {
      VideoJob job =
          sora1(
              "{\"status\":\"succeeded\",\"generations\":[{\"id\":\"gen_1\"}],\"%s\":%s}"
                  .formatted(field, value));

      assertThat(job.generations()).as(field + " " + value).hasSize(1);
    }
  }

  private static final java.util.List<String> ODD_VALUES =
      java.util.List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1.5",
          "1e400",
          "NaN",
          "-Infinity",
          "\"\"",
          "\"text\"",
          "\"1e999999999\"",
          "[]",
          "[null,[],{}]",
          "{}",
          "{\"a\":{\"b\":[1]}}",
          "9".repeat(2_000),
          "[".repeat(2_000) + "]".repeat(2_000),
          "\"%s\"".formatted("x".repeat(9_999)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":\"x\",\"message\":\"words\"} | x, words",
        "{\"code\":500,\"message\":\"words\"} | 500, words",
        "{\"code\":null,\"message\":{}} | ",
        "{\"message\":\"words\"} | words",
        "\"words\" | words",
        "[{\"msg\":\"words\"},{\"msg\":\"more\"}] | words",
        "[\"words\"] | words",
        "{\"error\":{\"error\":{\"code\":\"x\",\"message\":\"words\"}}} | x, words",
        "{\"detail\":[{\"loc\":[\"a\"],\"msg\":\"words\"}]} | words",
        "true | ",
        "false | ",
        "{} | ",
        "[] | ",
      })
  void errorOfAnyForm_isReadForItsWords(String error, String words) {
    assertThat(
            video("{\"status\":\"failed\",\"error\":" + error + "}")
                .failure()
                .map(ErrorWords::toString))
        .isEqualTo(Optional.ofNullable(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"failed\",\"error\":{\"code\":\"sentinel_block\",\"message\":\"Refused.\"}}",
        "{\"status\":\"failed\",\"error\":\"Blocked by our content policy.\"}",
        "{\"status\":\"failed\",\"error\":{\"code\":\"OutputVideoSensitiveContentDetected.PolicyViolation\"}}",
        "{\"status\":\"failed\",\"error\":{\"code\":\"DataInspectionFailed\",\"message\":\"m\"}}",
        "{\"status\":\"failed\",\"error\":{\"code\":\"SAFETY.INPUT.TEXT\"}}",
        "{\"status\":\"failed\",\"error\":{\"code\":1301,\"message\":\"m\"}}",
        "{\"status\":\"failed\",\"error\":\"This violates the provider's usage guidelines.\"}",
        "{\"status\":\"failed\",\"error\":{\"message\":\"Gemini: sensitive words in the prompt\"}}",
        "{\"status\":\"moderation_blocked\"}",
        "{\"status\":\"done\",\"video\":{\"url\":\"https://x/a.mp4\",\"respect_moderation\":false}}",
        "{\"status\":\"done\",\"respect_moderation\":false}"
      })
  void moderationInTheWordsOfAServer_isRecognised(String body) {
    VideoJob job = video(body);

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.moderated()).isTrue();
  }

  @Test
  void unknownWord_leavesOpenWhetherTheContentIsThere() {
    assertThat(video("{\"status\":\"sealed\"}").generations()).isEmpty();
    assertThat(video("{\"status\":\"sealed\",\"progress\":99}").generations()).isEmpty();
    assertThat(video("{\"status\":\"sealed\",\"progress\":\"100%\"}").generations()).hasSize(1);
    assertThat(video("{\"status\":\"sealed\",\"progress\":100.0}").generations()).hasSize(1);
    assertThat(video("{\"status\":\"sealed\",\"completed_at\":1790000000}").generations())
        .hasSize(1);
    assertThat(video("{\"status\":\"in_progress\",\"progress\":100}").generations()).isEmpty();
  }

  @Test
  void expiryBeforeTheCreation_isUnknown() {
    VideoJob job =
        video("{\"status\":\"queued\",\"created_at\":1790000000,\"expires_at\":1780000000}");

    assertThat(job.createdAt()).isPresent();
    assertThat(job.expiresAt()).isEmpty();
  }

  private static Optional<String> code(VideoJob job) {
    return job.failure().map(ErrorWords::code).filter(code -> !code.isEmpty());
  }

  private static Optional<String> text(VideoJob job) {
    return job.failure().map(ErrorWords::text).filter(text -> !text.isEmpty());
  }

  private VideoJob sora1(String body) {
    return reader.read(TASK, VideoApis.SORA_1, answer(200, body));
  }

  private VideoJob video(String body) {
    return reader.read(VIDEO, VideoApis.VIDEOS, answer(200, body));
  }

  private static ServiceResponse answer(int status, String body) {
    return new ServiceResponse(ASKED, status, Map.of(), ServiceJson.document(body));
  }
}
