package io.soracourier.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.identity.OneFreshToken.Token;
import org.junit.jupiter.api.Test;

class OneFreshTokenTest {
  private final Tokens source = new Tokens();
  private final OneFreshToken tokens = new OneFreshToken(source, "scope");

  @Test
  void tokenThatIsNotRefused_comesFromTheCache() {
    assertThat(tokens.next()).isEqualTo(new Token("1", true));
    assertThat(tokens.next()).isEqualTo(new Token("1", true));
    assertThat(source.fresh).isZero();
  }

  @Test
  void cachedTokenRefused_isReplacedByOneFreshOne() {
    assertThat(tokens.refuse(tokens.next())).isTrue();

    Token second = tokens.next();

    assertThat(second).isEqualTo(new Token("2", false));
    assertThat(tokens.refuse(second)).isFalse();
    assertThat(source.fresh).isEqualTo(1);
  }

  @Test
  void anotherTokenInTheCacheMeanwhile_isUsedInsteadOfAFreshOne() {
    tokens.refuse(tokens.next());
    source.cached = "3";

    assertThat(tokens.next()).isEqualTo(new Token("3", true));
    assertThat(source.fresh).isZero();
  }

  @Test
  void token_isNotInItsText() {
    assertThat(new Token("secret", true).toString()).doesNotContain("secret");
  }

  private static final class Tokens implements TokenSource {
    private String cached = "1";
    private int fresh;

    @Override
    public String token(String scope) {
      return cached;
    }

    @Override
    public String freshToken(String scope) {
      fresh++;
      cached = String.valueOf(fresh + 1);
      return cached;
    }
  }
}
