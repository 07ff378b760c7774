package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.MutableClock;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.text.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is requested when it is needed, read with care, and kept for as long as it can be used. */
class DelegationKeysTest {
  private static final String VALUE =
      Base64.getEncoder().encodeToString("a key that signs for an identity".getBytes(UTF_8));
  private static final String XML =
      """
      \uFEFF<?xml version="1.0" encoding="utf-8"?><UserDelegationKey>
      <SignedOid>2a5d6a3c-6b0f-4d51-9f3e-8c1b7a0e4d21</SignedOid>
      <SignedTid>7c9e6679-7425-40de-944b-e07fc1f90ae7</SignedTid>
      <SignedStart>2026-11-26T10:00:00Z</SignedStart><SignedExpiry>2026-11-26T16:00:00Z</SignedExpiry>
      <SignedService>b</SignedService><SignedVersion>2025-11-05</SignedVersion>
      <Value>%s</Value></UserDelegationKey>"""
          .formatted(VALUE);

  private final MutableClock clock = MutableClock.at("2026-11-26T10:00:00Z");
  private final Scripted requests = new Scripted();
  private final DelegationKeys keys = new DelegationKeys(requests, clock);

  @Test
  void manyLinks_shareOneKeyThatOutlivesThem() {
    List<DelegationKey> given =
        IntStream.range(0, 100).parallel().mapToObj(i -> forALink()).distinct().toList();

    assertThat(given).hasSize(1);
    assertThat(requests.seen).hasSize(1);
    assertThat(given.get(0).covers(start(), expiry())).isTrue();
  }

  @Test
  void keyThatALinkCouldOutlive_isReplaced() {
    DelegationKey first = forALink();
    clock.advance(DelegationKeys.LIFETIME.minus(LinkSettingChecks.MAX));
    DelegationKey last = forALink();
    clock.advance(Duration.ofSeconds(1));
    DelegationKey next = forALink();

    assertThat(last).isSameAs(first);
    assertThat(next).isNotSameAs(first);
    assertThat(next.covers(start(), expiry())).isTrue();
    assertThat(requests.seen).hasSize(2);
  }

  /** A clock that was set back: the kept key begins after the link. */
  @Test
  void keyThatBeginsAfterTheLink_isReplaced() {
    forALink();
    clock.advance(Duration.ofHours(-1));

    assertThat(forALink().covers(start(), expiry())).isTrue();
    assertThat(requests.seen).hasSize(2);
  }

  @Test
  void requestThatFails_isMadeAgainForTheNextLink() {
    requests.failure = Optional.of(new StorageException(Kind.TRANSIENT, "busy", null));
    assertThatThrownBy(this::forALink).hasMessage("busy");
    requests.failure = Optional.empty();

    assertThat(forALink()).isNotNull();
  }

  @Test
  void response_isReadAndItsKeyIsASecretFromThenOn() {
    DelegationKey key = DelegationKey.read(XML).orElseThrow();

    assertThat(key)
        .isEqualTo(
            new DelegationKey(
                "2a5d6a3c-6b0f-4d51-9f3e-8c1b7a0e4d21",
                "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                "2026-11-26T10:00:00Z",
                "2026-11-26T16:00:00Z",
                "b",
                "2025-11-05",
                key.value()));
    assertThat(new String(key.value(), UTF_8)).isEqualTo("a key that signs for an identity");
    assertThat(key.toString()).doesNotContain("value", VALUE);
    assertThat(Excerpt.of("they repeat " + VALUE + " here", 200)).doesNotContain(VALUE);
    assertThat(Excerpt.of("they repeat " + HexFormat.of().formatHex(key.value()), 200))
        .isEqualTo("they repeat …");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Value>.*</Value>",
        "<SignedOid>.*</SignedOid>",
        "<SignedTid>.*</SignedTid>",
        "<SignedStart>.*</SignedStart>",
        "<SignedExpiry>.*</SignedExpiry>",
        "<SignedService>b</SignedService>",
        "<SignedVersion>.*</SignedVersion>",
        "(?s)<UserDelegationKey>.*"
      })
  void responseWithoutOneOfItsParts_isNoKey(String part) {
    assertThat(DelegationKey.read(XML.replaceFirst(part, ""))).isEmpty();
    assertThat(DelegationKey.read(XML.replaceFirst(part, part.replaceFirst(">.*<", "><"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Sign in</html>", "{}", "<Value>&sig=a</Value>"})
  void somethingElse_isNoKey(String body) {
    assertThat(DelegationKey.read(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "2026-11-26", "2026-11-26T09:00:00Z", "b&amp;sp=rwd", "b c"})
  void partThatIsSomethingElse_isNoKey(String expiry) {
    assertThat(DelegationKey.read(XML.replace("2026-11-26T16:00:00Z", expiry))).isEmpty();
  }

  private DelegationKey forALink() {
    return keys.covering(start(), expiry());
  }

  private Instant start() {
    return clock.instant().minus(BlobLinks.CLOCK_SKEW);
  }

  private Instant expiry() {
    return clock.instant().plus(LinkSettingChecks.MAX);
  }

  /** The storage, which gives what it is asked for. */
  private static final class Scripted extends DelegationKeyRequest {
    private final List<Instant> seen = new CopyOnWriteArrayList<>();
    private volatile Optional<StorageException> failure = Optional.empty();

    Scripted() {
      super(null, null);
    }

    @Override
    DelegationKey getUserDelegationKey(Instant start, Instant expiry) {
      seen.add(start);
      failure.ifPresent(
          thrown -> {
            throw thrown;
          });
      return new DelegationKey(
          "oid", "tid", start.toString(), expiry.toString(), "b", "v", new byte[] {1});
    }
  }
}
