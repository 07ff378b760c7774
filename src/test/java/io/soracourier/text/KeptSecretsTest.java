package io.soracourier.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.text.KeptSecrets.Dropped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptSecretsTest {
  private static final Duration A_WHILE = Duration.ofMinutes(15);

  private long now;
  private final KeptSecrets kept = new KeptSecrets(3, A_WHILE, () -> now);

  private Dropped add(String secret) {
    kept.add(secret, () -> List.of(secret));
    return kept.drop();
  }

  private List<String> forms() {
    List<String> forms = new ArrayList<>();
    kept.addTo(forms);
    return forms;
  }

  @Test
  void oneMoreThanAreKept_dropsTheOldest() {
    assertThat(List.of(add("a"), add("b"), add("c"))).containsOnly(Dropped.NONE);

    assertThat(add("d")).isEqualTo(Dropped.YOUNG);
    assertThat(forms()).containsExactly("b", "c", "d");
  }

  @Test
  void oneThatWasKeptForAWhile_isDroppedAsOld() {
    add("a");
    now += A_WHILE.toNanos();
    add("b");
    add("c");

    assertThat(add("d")).isEqualTo(Dropped.OLD);
    assertThat(add("e")).isEqualTo(Dropped.YOUNG);
  }

  @Test
  void oneThatComesAgain_isTheLatest() {
    add("a");
    add("b");
    add("c");
    now += A_WHILE.toNanos();

    assertThat(add("a")).isEqualTo(Dropped.NONE);
    assertThat(add("d")).isEqualTo(Dropped.OLD);
    assertThat(forms()).containsExactly("c", "a", "d");
    assertThat(kept.contains("b")).isFalse();
  }

  @Test
  void formsOfTooManyCharacters_dropTheOldest() {
    String large = "x".repeat(1_500_000);
    kept.add("a", () -> List.of(large));
    kept.add("b", () -> List.of(large));
    kept.add("c", () -> List.of(large, "y"));

    assertThat(kept.drop()).isEqualTo(Dropped.YOUNG);
    assertThat(kept.contains("a")).isFalse();
    assertThat(kept.contains("b")).isTrue();
  }
}
