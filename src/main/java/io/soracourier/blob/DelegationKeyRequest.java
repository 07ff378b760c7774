package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.azure.SmallBody;
import io.soracourier.azure.StorageConfig;
import io.soracourier.azure.StoragePolicies;
import io.soracourier.azure.StorageRequest;
import io.soracourier.azure.StorageResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestResponse;

/** The request for a key that signs links, by the policy {@link StoragePolicies#REQUEST}. */
@ApplicationScoped
@ApplyGuard(StoragePolicies.REQUEST)
class DelegationKeyRequest {
  private final BlobServiceApi api;
  private final StorageConfig config;

  DelegationKeyRequest(BlobServiceApi api, StorageConfig config) {
    this.api = api;
    this.config = config;
  }

  /**
   * @param start in whole seconds
   * @param expiry the same, at most seven days from now
   */
  DelegationKey getUserDelegationKey(Instant start, Instant expiry) {
    byte[] keyInfo =
        ("<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>%s</Start><Expiry>%s</Expiry>"
                + "</KeyInfo>")
            .formatted(start, expiry)
            .getBytes(UTF_8);
    return StorageRequest.send(
        "Get User Delegation Key",
        () -> {
          try {
            RestResponse<InputStream> response = api.getUserDelegationKey(keyInfo);
            StorageResponse head = SmallBody.expect(response, 200);
            return DelegationKey.read(SmallBody.of(response, config.readTimeout()))
                .filter(key -> key.covers(start, expiry))
                .orElseThrow(() -> head.unreadable("UserDelegationKey"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
