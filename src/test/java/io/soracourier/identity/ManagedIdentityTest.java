package io.soracourier.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.identity.IdentityException.Kind;
import jakarta.ws.rs.ProcessingException;
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

class ManagedIdentityTest {
  private static final String SCOPE = "https://cognitiveservices.azure.com/.default";
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration LIFE = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final Endpoint endpoint = new Endpoint();
  private final ManagedIdentity identity =
      new ManagedIdentity(endpoint, "header", Optional.of("client"), clock);

  @Test
  void token_isAskedForByResourceAndClientIdOnce() {
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
    endpoint.failures.add(new IdentityRefusal(503, "updating"));
    endpoint.failures.add(new IdentityRefusal(503, "updating"));

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
        new IdentityRefusal(400, "{\"message\":\"No User Assigned\r\n Identity found\"}"));

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
    endpoint.failures.add(new IdentityRefusal(500, "x".repeat(10_000)));

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
        .hasMessageStartingWith("AZURE_OPENAI_API_KEY is absent and no managed identity is there ")
        .extracting("kind")
        .isEqualTo(Kind.ABSENT);
    assertThatThrownBy(() -> new AbsentIdentity().token("https://storage.azure.com/.default"))
        .hasMessageStartingWith("VideoStorage is no connection string and no managed identity ");
  }

  @Test
  void tokenInText_isHidden() {
    assertThat(new IdentityToken("secret", 0)).asString().doesNotContain("secret");
  }

  /** Gives tokens that live for an hour, unless it is to fail. */
  private final class Endpoint implements IdentityApi {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final Deque<RuntimeException> failures = new ArrayDeque<>();
    final AtomicInteger tokens = new AtomicInteger();
    CountDownLatch hold = new CountDownLatch(0);

    @Override
    public IdentityToken token(String header, String resource, String version, String clientId) {
      asked.add(String.join(" ", header, resource, version, clientId));
      try {
        hold.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      return new IdentityToken(
          "token-" + tokens.incrementAndGet(), clock.instant().plus(LIFE).getEpochSecond());
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
