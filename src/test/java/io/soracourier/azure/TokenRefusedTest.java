package io.soracourier.azure;

import static io.soracourier.storage.Digests.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.identity.TokenSource;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.storage.Blocks;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that takes some tokens and not others, all of it scripted. */
@QuarkusTest
@TestProfile(TokenRefusedTest.Profile.class)
class TokenRefusedTest {
  private static final byte[] BLOCK = bytes(100, 5);

  @Inject VideoStore videos;
  @Inject FaultyStorageProfile.Faulty storage;

  @BeforeEach
  void forgetFaults() {
    storage.blobs().reset();
  }

  @Test
  void cachedTokenRefused_isReplacedWithinTheSameCall() {
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(401, "InvalidAuthenticationInfo"));
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(201, ""));

    Blocks.stage(videos.begin(new VideoRef("task_1", "a")), BLOCK);

    assertThat(storage.blobs().seen()).hasSize(2);
    assertThat(storage.blobs().seen().get(1).authorization())
        .startsWith("Bearer fresh-")
        .isNotEqualTo(storage.blobs().seen().get(0).authorization());
  }

  @Test
  void freshTokenRefusedToo_isDenied() {
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(401, "InvalidAuthenticationInfo"));
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(401, "InvalidAuthenticationInfo"));

    assertThatThrownBy(() -> Blocks.stage(videos.begin(new VideoRef("task_1", "b")), BLOCK))
        .hasMessageStartingWith("Put Block videos/b.mp4 failed: 401 InvalidAuthenticationInfo")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
    assertThat(storage.blobs().seen()).hasSize(2);
  }

  /** As {@link FaultyStorageProfile}, with tokens in place of the key. */
  public static class Profile extends FaultyStorageProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(Beans.class, Tokens.class);
    }
  }

  /** Keeps the last token it gave, as a real source does. */
  @Alternative
  @Singleton
  static class Tokens implements TokenSource {
    private final AtomicInteger made = new AtomicInteger();
    private volatile String cached = "cached";

    @Override
    public String token(String scope) {
      return cached;
    }

    @Override
    public String freshToken(String scope) {
      cached = "fresh-" + made.incrementAndGet();
      return cached;
    }

    @Produces
    @Singleton
    Authentication authentication() {
      return new TokenBearer(this, Clock.systemUTC());
    }
  }
}
