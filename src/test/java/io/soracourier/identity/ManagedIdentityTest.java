package io.soracourier.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.identity.IdentityException.Kind;
import io.soracourier.text.Excerpt;
import jakarta.ws.rs.ProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedIdentityTest {
  private static final String SCOPE = "https://cognitiveservices.azure.com/.default";
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration LIFE = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final Endpoint endpoint = new Endpoint();
  private final ManagedIdentity identity =
      new ManagedIdentity(endpoint, "header", Optional.of("client"), clock);

  @Test
  void token_isRequestedByResourceAndClientIdOnce() {
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");

    assertThat(endpoint.asked)
        .containsExactly("header https://cognitiveservices.azure.com 2019-08-01 client");
  }

  @Test
  void eachScope_hasItsOwnToken() {
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
    assertThat(identity.token("https://storage.azure.com/.default")).isEqualTo("token-2");
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
  }

  @Test
  void tokenAboutToExpire_isRenewed() {
    identity.token(SCOPE);

    clock.now = START.plus(LIFE).minus(ManagedIdentity.RENEW_BEFORE_EXPIRY).minusSeconds(1);
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
    clock.now = clock.now.plusSeconds(1);
    assertThat(identity.token(SCOPE)).isEqualTo("token-2");
  }

  @Test
  void endpointDownWhileTheTokenStillLives_theTokenIsUsed() {
    identity.token(SCOPE);
    endpoint.failures.add(new IdentityResponseException(503, "updating"));
    endpoint.failures.add(new IdentityResponseException(503, "updating"));

    clock.now = START.plus(LIFE).minusSeconds(1);
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
    clock.now = START.plus(LIFE);
    assertThatThrownBy(() -> identity.token(SCOPE)).isInstanceOf(IdentityException.class);
  }

  @Test
  void freshToken_isNotFromTheCache() {
    identity.token(SCOPE);
    clock.now = START.plus(ManagedIdentity.STAYS_FRESH);

    assertThat(identity.freshToken(SCOPE)).isEqualTo("token-2");
    assertThat(identity.token(SCOPE)).isEqualTo("token-2");
  }

  @Test
  void manyAskingForAFreshToken_shareOne() {
    identity.token(SCOPE);
    clock.now = START.plus(ManagedIdentity.STAYS_FRESH);

    assertThat(Stream.generate(() -> identity.freshToken(SCOPE)).limit(10)).containsOnly("token-2");
  }

  @Test
  void manyThreadsAtOnce_makeOneRequest() {
    endpoint.hold = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<CompletableFuture<String>> tokens =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> identity.token(SCOPE), threads))
              .limit(16)
              .toList();
      endpoint.hold.countDown();

      assertThat(tokens).allSatisfy(token -> assertThat(token.join()).isEqualTo("token-1"));
      assertThat(endpoint.asked).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void identityNotAssigned_isRefusedWithWhatToDo() {
    endpoint.failures.add(
        new IdentityResponseException(
            400, "{\"message\":\"No User Assigned\r\n Identity found\"}"));

    assertThatThrownBy(() -> identity.token(SCOPE))
        .hasMessage(
            "The managed identity endpoint gives no token for "
                + SCOPE
                + " to the user-assigned identity client: 400 {\"message\":\"No User Assigned"
                + " Identity found\"}. Assign that identity to the function app, or set"
                + " VideoStorage__clientId or AZURE_CLIENT_ID to the client id of the one that is"
                + " assigned")
        .extracting("kind")
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void endpointFailing_isUnavailable() {
    endpoint.failures.add(new IdentityResponseException(500, "x".repeat(10_000)));

    assertThatThrownBy(() -> identity.token(SCOPE))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600))
        .extracting("kind")
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void endpointUnreachable_isUnavailable() {
    endpoint.failures.add(new ProcessingException("Connection refused"));

    assertThatThrownBy(() -> identity.token(SCOPE)).extracting("kind").isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void noIdentity_saysWhichSettingIsMissing() {
    assertThatThrownBy(() -> new AbsentIdentity().freshToken(SCOPE))
        .hasMessageStartingWith("AZURE_OPENAI_API_KEY is not set and there is no managed identity ")
        .extracting("kind")
        .isEqualTo(Kind.ABSENT);
    assertThatThrownBy(() -> new AbsentIdentity().token("https://storage.azure.com/.default"))
        .hasMessageStartingWith(
            "VideoStorage is not a connection string and there is no managed identity ");
  }

  @Test
  void tokenInText_isHidden() {
    assertThat(new IdentityToken("secret", Optional.empty())).asString().doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\\n",
        " %s\\r\\n",
        "\\ufeff%s",
        "\\\"%s\\\"",
        "\\u00a0%s\\t",
        "%s\\u0000",
        "%s\\u200b"
      })
  void whiteSpaceAroundAToken_isTrimmed(String value) {
    endpoint.answer = "{\"access_token\":\"" + value + "\",\"expires_on\":\"%d\"}";

    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AAA.%s\\nCCC", "AAA\\u0000%s", "AAA %s", "AAA.%s\\u00e9.CCC", "%s\\r\\nX: y"})
  void tokenThatNoHeaderCanCarry_isRefusedWithoutBeingQuoted(String value) {
    endpoint.answer = "{\"access_token\":\"" + value + "\",\"expires_on\":\"%d\"}";

    assertThatThrownBy(() -> identity.token(SCOPE))
        .hasMessageContaining("a character that no header can carry")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("token-1", "AAA"))
        .extracting("kind")
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void tokenThatWasGiven_isASecretFromThenOn() {
    endpoint.answer = "{\"access_token\":\"a-token-%s-that-nobody-may-see\",\"expires_on\":\"%d\"}";
    String token = identity.token(SCOPE);
    clock.now = START.plus(ManagedIdentity.STAYS_FRESH);
    String fresh = identity.freshToken(SCOPE);

    assertThat(Excerpt.of("got " + token + ", then " + fresh, 200)).isEqualTo("got …, then …");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"%s\"}",
        "{\"access_token\":\"%s\",\"expires_on\":\"tomorrow\"}",
        "{\"access_token\":\"%s\",\"expires_on\":{\"at\":[1]},\"expires_in\":null}",
        "{\"access_token\":\"%s\",\"expires_on\":\"1/16/2020 5:24:12 AM +00:00\",\"resource\":[]}",
        "{\"access_token\":\"%s\",\"expires_on\":0,\"token_type\":{},\"not_before\":\"x\"}",
      })
  void tokenWithoutAReadableExpiry_isUsedAndSoonRenewed(String answer) {
    endpoint.answer = answer;

    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
    clock.now = START.plus(ManagedIdentity.RENEW_UNKNOWN).minusSeconds(1);
    assertThat(identity.token(SCOPE)).isEqualTo("token-1");
    clock.now = START.plus(ManagedIdentity.RENEW_UNKNOWN);
    assertThat(identity.token(SCOPE)).isEqualTo("token-2");
    endpoint.failures.add(new IdentityResponseException(503, "updating"));
    endpoint.failures.add(new IdentityResponseException(503, "updating"));
    clock.now = clock.now.plus(ManagedIdentity.USED_UNKNOWN).minusSeconds(1);
    assertThat(identity.token(SCOPE)).isEqualTo("token-2");
    clock.now = clock.now.plusSeconds(1);
    assertThatThrownBy(() -> identity.token(SCOPE)).isInstanceOf(IdentityException.class);
  }

  @Test
  void tokenThatExpiresWithinMinutes_isNotRequestedEachTime() {
    endpoint.answer = "{\"access_token\":\"%s\",\"expires_in\":\"60\"}";

    assertThat(Stream.generate(() -> identity.token(SCOPE)).limit(10)).containsOnly("token-1");
    clock.now = START.plus(ManagedIdentity.STAYS_FRESH);
    assertThat(identity.token(SCOPE)).isEqualTo("token-2");
  }

  @ParameterizedTest
  @CsvSource({
    "400, No User Assigned or Delegated Managed Identity found",
    "400, Identity not found",
    "401, wrong secret",
    "403, <html>Forbidden</html>",
    "400, ''"
  })
  void refusalInAnyWords_isRefused(int status, String body) {
    endpoint.failures.add(new IdentityResponseException(status, body));

    assertThatThrownBy(() -> identity.token(SCOPE))
        .hasMessageContaining(status + " " + body)
        .extracting("kind")
        .isEqualTo(Kind.REFUSED);
  }

  /** Gives tokens that live for an hour, unless it is to fail. */
  private final class Endpoint implements IdentityApi {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Deque<RuntimeException> failures = new ArrayDeque<>();
    final AtomicInteger tokens = new AtomicInteger();
    String answer = "{\"access_token\":\"%s\",\"expires_on\":\"%d\"}";
    CountDownLatch hold = new CountDownLatch(0);

    @Override
    public byte[] token(String header, String resource, String version, String clientId) {
      asked.add(String.join(" ", header, resource, version, clientId));
      try {
        hold.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      return answer
          .formatted(
              "token-" + tokens.incrementAndGet(), clock.instant().plus(LIFE).getEpochSecond())
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final class SettableClock extends Clock {
    volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
