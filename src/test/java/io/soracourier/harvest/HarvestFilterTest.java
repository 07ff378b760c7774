package io.soracourier.harvest;

import static io.soracourier.harvest.HarvestBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.JobTimes;
import io.soracourier.sora.ListedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarvestFilterTest {
  private static ListedJob job(String id, String model, Instant created) {
    return new ListedJob(
        new JobId(id),
        JobState.SUCCEEDED,
        Optional.ofNullable(model),
        new JobTimes(Optional.ofNullable(created), Optional.empty(), Optional.empty()),
        List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "all; true",
        " All ; true",
        "model=sora-2; true",
        "model=sora-1, model = sora-2 ; true",
        "model=sora; false",
        "prefix=video_; true",
        "prefix=task_; false",
        "prefix=task_,prefix=video_1; true",
        "age=12h; true",
        "age=PT12H; true",
        "age=10m; false",
        "age=3600; true",
        "model=sora-2,prefix=video_,age=1d; true",
        "model=sora-2,prefix=task_,age=1d; false",
      })
  void conditions_areMetOrNot(String filter, boolean accepted) {
    ListedJob job = job("video_1", "sora-2", NOW.minus(Duration.ofMinutes(30)));

    assertThat(HarvestFilter.parse(filter).accepts(job, NOW)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "sora-2",
        "model",
        "model=",
        "=x",
        "models=x",
        "age=soon",
        "age=-1h",
        "age=0",
        "age=1h,age=2h",
        "model=a,,prefix=b",
        "model=a;prefix=b,",
        "prefix",
        "age=PT",
      })
  void whatCannotBeRead_isRefusedWithAnExample(String filter) {
    assertThatThrownBy(() -> HarvestFilter.parse(filter))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.harvest.filter cannot be read; put")
        .hasMessageContaining("model=sora-2,prefix=video_,age=12h");
  }

  @Test
  void jobWithoutAModel_isOfNoneAndOneWithoutATimeIsOfNoAge() {
    ListedJob job = job("video_1", null, null);

    assertThat(HarvestFilter.parse("model=sora-2").accepts(job, NOW)).isFalse();
    assertThat(HarvestFilter.parse("age=1m").accepts(job, NOW)).isTrue();
  }
}
