package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.infra.MainClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every shape of the API keeps to, and what the list of them makes of ids and names. */
class VideoApisTest {
  static final List<VideoApi> ALL = VideoApis.ALL;

  private static final JobId ID = new JobId("job-1");

  @Test
  void everyImplementation_isInTheList() {
    assertThat(VideoApis.ALL)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(
            MainClasses.all().stream()
                .filter(type -> VideoApi.class.isAssignableFrom(type) && !type.isInterface())
                .toList());
  }

  @Test
  void names_areDifferentAndNotAuto() {
    assertThat(VideoApis.ALL)
        .extracting(VideoApi::name)
        .doesNotHaveDuplicates()
        .doesNotContain(SoraConfig.AUTO)
        .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sora-1", "SORA-1", "sora_1", "SORA_1", " sora-1 "})
  void name_isReadAsPeopleWriteIt(String name) {
    assertThat(VideoApis.named(name)).contains(VideoApis.SORA_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "auto", "sora", "sora-3"})
  void otherName_isUnknown(String name) {
    assertThat(VideoApis.named(name)).isEmpty();
  }

  @Test
  void order_beginsWithTheLikeliestAndHasAll() {
    assertThat(VideoApis.inOrder(new JobId("task_1")))
        .startsWith(VideoApis.SORA_1)
        .containsExactlyInAnyOrderElementsOf(VideoApis.ALL);
    assertThat(VideoApis.inOrder(new JobId("another-form")))
        .startsWith(VideoApis.VIDEOS)
        .containsExactlyInAnyOrderElementsOf(VideoApis.ALL);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void paths_areBelowTheBaseAndOfTheirId(VideoApi api) {
    assertThat(api.job(ID)).startsWith("/").contains("job-1");
    assertThat(api.jobs()).startsWith("/").doesNotContain("job-1");
    assertThat(api.content("video-1")).startsWith("/").contains("video-1");
    assertThat(api.video("video-1").isEmpty()).isEqualTo(api.isJobItsVideo());
    assertThat(api.otherAddresses())
        .allSatisfy(
            address ->
                assertThat(address.path("job-1", "video-1"))
                    .startsWith("/")
                    .contains(address.isOfJob() ? "job-1" : "video-1")
                    .doesNotContain("{"));
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void otherAddresses_areDifferentInNameAndPath(VideoApi api) {
    Set<String> seen = new HashSet<>(Set.of(api.content("video-1")));

    assertThat(api.otherAddresses())
        .extracting(VideoApi.OtherAddress::name)
        .doesNotHaveDuplicates();
    assertThat(api.otherAddresses())
        .allSatisfy(address -> assertThat(seen.add(address.path("job-1", "video-1"))).isTrue());
  }
}
