package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.SasProtocol;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.HmacSha256;
import io.soracourier.azure.StorageCredential;
import io.soracourier.storage.VideoLinks.Use;
import io.soracourier.storage.VideoRef;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures beside those of Microsoft's SDK, from the same key and times. The SDK signs for the
 * version that it knows best, which is put in place by ours in its string to sign.
 */
class BlobSasTest {
  private static final Instant START = Instant.parse("2026-11-26T09:45:00Z");
  private static final Instant EXPIRY = Instant.parse("2026-11-26T11:00:07Z");
  private static final String ENDPOINT = "https://myaccount.blob.core.windows.net";
  private static final byte[] KEY = "the key of an account, or of a delegation".getBytes(UTF_8);

  private static final StorageCredential.SharedKey ACCOUNT_KEY =
      new StorageCredential.SharedKey("myaccount", KEY);
  private static final DelegationKey DELEGATION_KEY =
      new DelegationKey(
          "2a5d6a3c-6b0f-4d51-9f3e-8c1b7a0e4d21",
          "7c9e6679-7425-40de-944b-e07fc1f90ae7",
          "2026-11-26T08:00:00Z",
          "2026-11-26T14:00:00Z",
          "b",
          Authentication.SERVICE_VERSION,
          KEY);

  @ParameterizedTest
  @ValueSource(strings = {"gen_1", "video_a:b%2F~c=+.d", "task_1@1"})
  void serviceSas_isSignedAsMicrosoftsSdkSigns(String generationId) {
    BlobSas sas = sas(generationId, "https,http");
    AtomicReference<String> signed = new AtomicReference<>();

    Map<String, String> theirs =
        parameters(
            client(generationId)
                .generateSas(
                    values(generationId, SasProtocol.HTTPS_HTTP), signed::set, Context.NONE));

    assertSame(parameters(sas.signedWith(ACCOUNT_KEY)), theirs, signed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen_1", "video_a:b%2F~c=+.d", "task_1@1"})
  void userDelegationSas_isSignedAsMicrosoftsSdkSigns(String generationId) {
    BlobSas sas = sas(generationId, "https");
    UserDelegationKey key =
        new UserDelegationKey()
            .setSignedObjectId(DELEGATION_KEY.objectId())
            .setSignedTenantId(DELEGATION_KEY.tenantId())
            .setSignedStart(OffsetDateTime.parse(DELEGATION_KEY.start()))
            .setSignedExpiry(OffsetDateTime.parse(DELEGATION_KEY.expiry()))
            .setSignedService(DELEGATION_KEY.service())
            .setSignedVersion(DELEGATION_KEY.version())
            .setValue(Base64.getEncoder().encodeToString(KEY));
    AtomicReference<String> signed = new AtomicReference<>();

    Map<String, String> theirs =
        parameters(
            client(generationId)
                .generateUserDelegationSas(
                    values(generationId, SasProtocol.HTTPS_ONLY),
                    key,
                    "myaccount",
                    signed::set,
                    Context.NONE));

    assertSame(parameters(sas.signedWith(DELEGATION_KEY)), theirs, signed.get());
  }

  private static void assertSame(
      Map<String, String> ours, Map<String, String> theirs, String theirStringToSign) {
    String ourStringToSign =
        theirStringToSign.replaceFirst(
            "\n" + theirs.get("sv") + "\nb\n", "\n" + Authentication.SERVICE_VERSION + "\nb\n");
    assertThat(new HmacSha256(KEY).sign(theirStringToSign)).isEqualTo(theirs.get("sig"));
    theirs.put("sv", Authentication.SERVICE_VERSION);
    theirs.put("sig", new HmacSha256(KEY).sign(ourStringToSign));

    assertThat(ours).isEqualTo(theirs);
  }

  private static BlobSas sas(String generationId, String protocols) {
    return new BlobSas(
        "myaccount", "videos", blob(generationId), START, EXPIRY, protocols, "video/mp4", Use.PLAY);
  }

  private static String blob(String generationId) {
    return VideoBlob.name(new VideoRef("task_1", generationId));
  }

  private static BlobClient client(String generationId) {
    return new BlobClientBuilder()
        .endpoint(ENDPOINT)
        .containerName("videos")
        .blobName(blob(generationId))
        .serviceVersion(BlobServiceVersion.V2025_07_05)
        .credential(
            new StorageSharedKeyCredential("myaccount", Base64.getEncoder().encodeToString(KEY)))
        .buildClient();
  }

  private static BlobServiceSasSignatureValues values(String generationId, SasProtocol protocol) {
    return new BlobServiceSasSignatureValues(
            EXPIRY.atOffset(ZoneOffset.UTC), BlobSasPermission.parse("r"))
        .setStartTime(START.atOffset(ZoneOffset.UTC))
        .setProtocol(protocol)
        .setContentDisposition("inline; filename=\"" + blob(generationId) + "\"")
        .setContentType("video/mp4");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    Arrays.stream(query.split("&"))
        .map(parameter -> parameter.split("=", 2))
        .forEach(pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], UTF_8)));
    return parameters;
  }
}
