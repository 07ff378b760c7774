package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.SimulatedJob;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks what a message says against the blob, and the blob against the video. */
final class Delivery {
  private final LocalStack stack;

  Delivery(LocalStack stack) {
    this.stack = stack;
  }

  /**
   * @return what was found, in a sentence
   * @throws LocalStackException when anything is amiss
   */
  String verify(JsonNode message) {
    List<String> violations = VideoMessages.violations(message);
    if (!violations.isEmpty()) {
      throw new LocalStackException("the message breaks its schema: " + violations);
    }
    if (!message.path("status").asText().equals("copied")) {
      throw new LocalStackException(
          "the job ended as %s, %s: %s"
              .formatted(
                  message.path("status").asText(),
                  message.path("reason").asText(),
                  message.path("message").asText()));
    }
    String generationId = message.path("generationId").asText();
    String url = message.path("blobUrl").asText();
    StoredBlob blob = stack.blob(nameIn(url));
    if (!decoded(url).equals(decoded(blob.url()))) {
      throw new LocalStackException(
          "the message names the blob %s, which should be %s".formatted(url, blob.url()));
    }
    String md5 = blob.md5OfContent();
    if (!md5.equals(message.path("contentMd5").asText()) || !md5.equals(blob.md5Property())) {
      throw new LocalStackException(
          "the blob's bytes have the MD5 %s, its property says %s and the message %s"
              .formatted(md5, blob.md5Property(), message.path("contentMd5").asText()));
    }
    return "%s bytes, MD5 %s: %s"
        .formatted(
            Narrator.grouped(blob.size()), md5, comparedWithVideo(blob, message, generationId));
  }

  private static String nameIn(String blobUrl) {
    return decoded(blobUrl.substring(blobUrl.lastIndexOf('/') + 1));
  }

  /** The SDK escapes more characters in a URL than must be. */
  private static String decoded(String url) {
    return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private String comparedWithVideo(StoredBlob blob, JsonNode message, String generationId) {
    Optional<SimulatedJob> job =
        stack.simulator() == null
            ? Optional.empty()
            : stack.simulator().job(message.path("jobId").asText());
    if (job.isEmpty()) {
      return "the blob is what the message says";
    }
    byte[] video = job.get().video(generationId).bytes();
    if (!Arrays.equals(video, blob.bytes())) {
      throw new LocalStackException(
          "the blob %s differs from the video, which has %d bytes and the MD5 %s"
              .formatted(blob.url(), video.length, job.get().video(generationId).md5Base64()));
    }
    return "byte for byte the video";
  }
}
