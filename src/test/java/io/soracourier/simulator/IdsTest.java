package io.soracourier.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final Instant CREATED = Instant.parse("2025-10-09T12:33:07.123Z");

  @Test
  void ulids_carryTheMillisecondsOfTheirCreation() {
    assertThat(Ids.task(CREATED)).matches("task_[0-7][0-9a-hjkmnp-tv-z]{25}");
    assertThat(millis(Ids.task(CREATED).substring("task_".length())))
        .isEqualTo(CREATED.toEpochMilli());
    assertThat(millis(Ids.generation(CREATED).substring("gen_".length())))
        .isEqualTo(CREATED.toEpochMilli());
  }

  @Test
  void videoIds_carryTheSecondsOfTheirCreation() {
    String id = Ids.video(CREATED);

    assertThat(id).matches("video_[0-9a-f]{8}[0-9a-f]{4}8190[0-9a-f]{16}");
    assertThat(Long.parseLong(id.substring(6, 14), 16)).isEqualTo(CREATED.getEpochSecond());
  }

  @Test
  void ids_neverRepeat() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(Ids.task(CREATED));
      ids.add(Ids.video(CREATED));
    }
    assertThat(ids).hasSize(20_000);
  }

  private static long millis(String ulid) {
    long millis = 0;
    for (char digit : ulid.substring(0, 10).toCharArray()) {
      millis = millis * 32 + CROCKFORD.indexOf(digit);
    }
    return millis;
  }
}
