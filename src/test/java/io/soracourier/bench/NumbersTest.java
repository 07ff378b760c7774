package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0.01234, 0.012", "1.2345, 1.23", "12.345, 12.3", "123.45, 123", "12345, '12,345'"})
  void number_hasThreeDigitsThatCount(double number, String text) {
    assertThat(Numbers.text(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"42, 42", "1800, '1,800'", "80000.4, '80,000'", "2.5, 2.50"})
  void count_isWholeWhereItIsOne(double number, String text) {
    assertThat(Numbers.whole(number)).isEqualTo(text);
  }

  @Test
  void ratio_hasTwoDecimalsUntilTheyDoNotMatter() {
    assertThat(Numbers.ratio(0.966)).isEqualTo("0.97 ×");
    assertThat(Numbers.ratio(923.4)).isEqualTo("923 ×");
  }

  @Test
  void bytes_areOfTheLargestUnitThatDividesThem() {
    assertThat(Numbers.bytes(50L << 20)).isEqualTo("50 MiB");
    assertThat(Numbers.bytes(4L << 30)).isEqualTo("4 GiB");
  }
}
