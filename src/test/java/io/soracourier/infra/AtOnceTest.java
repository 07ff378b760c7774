package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.setting.AtOnce;
import org.junit.jupiter.api.Test;

/** What the host begins at once has its threads and connections in the process. */
class AtOnceTest {
  private static final ProjectFile HOST = ProjectFile.read("host.json");

  @Test
  void invocations_areThoseOfTheHost() {
    assertThat(number("batchSize") + number("newBatchThreshold")).isEqualTo(AtOnce.INVOCATIONS);
  }

  @Test
  void threads_areEnoughForInvocationsAndCalls() {
    String threads =
        ProjectFile.read("src/main/resources/application.properties")
            .first("^quarkus\\.thread-pool\\.max-threads=(\\d+)$");

    assertThat(Integer.parseInt(threads)).isEqualTo(AtOnce.ALL);
  }

  private static int number(String name) {
    return Integer.parseInt(HOST.first("\"" + name + "\": (\\d+)"));
  }
}
