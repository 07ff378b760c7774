package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.setting.InvalidSettingException;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookTimeTest {
  /** With the default settings of the storage: three requests of five attempts, and an id. */
  private static final Duration PUT_BACK =
      Duration.ofMillis(3 * (5 * (5 + 45 + 22) * 1000 + 7_500) + 2 * 45_000);

  private static final Duration SET = Duration.ofMinutes(35);

  @Test
  void functionTimeout_isThatOfHostJson() throws IOException {
    String hostJson =
        new ObjectMapper().readTree(new File("host.json")).path("functionTimeout").textValue();

    assertThat(LookTime.FUNCTION_TIMEOUT)
        .isEqualTo(Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(hostJson)));
  }

  @Test
  void defaults_endAnInvocationWellBeforeFunctionTimeout() {
    Duration allowed = LookTime.allowed(SET, PUT_BACK, Optional.empty());

    assertThat(allowed).isEqualTo(SET);
    assertThat(allowed.plus(PUT_BACK).plus(LookTime.MARGIN))
        .isLessThanOrEqualTo(LookTime.FUNCTION_TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "PT2H, 01:00:00, PT35M7.5S",
    "PT35M, 00:30:00, PT5M7.5S",
    "PT35M, 00:30, PT5M7.5S",
    "PT2H, 1.00:00:00, PT2H",
    "PT2H, -1, PT2H",
    "PT2H, nonsense, PT35M7.5S",
  })
  void limitThatTheHostWouldCut_isLowered(Duration set, String functionTimeout, Duration allowed) {
    assertThat(LookTime.allowed(set, PUT_BACK, Optional.of(functionTimeout))).isEqualTo(allowed);
  }

  @Test
  void puttingBackThatOutlastsFunctionTimeout_isRefused() {
    assertThatThrownBy(() -> LookTime.allowed(SET, Duration.ofMinutes(56), Optional.empty()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("courier.storage.read-timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT25H"})
  void impossibleLimit_isRefusedByName(Duration set) {
    assertThatThrownBy(() -> LookTime.allowed(set, PUT_BACK, Optional.empty()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.look.time-limit is ");
  }
}
