package io.soracourier.diagnosis;

import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;

/** What a copy does with a blob that has the video's name already; in the order of sentences. */
enum ExistingBlob {
  /** It keeps the blob, and fails. */
  KEPT(
      Unasked.NOT_STORED,
      "Something else is at %s: a copy keeps it and ends as storage-denied. Move it away, then put"
          + " the id on sora-jobs."),
  /** It delivers the blob if that has the video's bytes, and else fails. */
  COMPARED(
      Unasked.NOT_STORED,
      "What is at %s may be something else: a copy compares it with the video, and ends as"
          + " storage-denied if it differs or cannot be read. Move it away if it is not the"
          + " video."),
  /** It delivers the blob. */
  DELIVERED(Unasked.STORED, "The courier has copied it already: %s");

  private final Unasked verdict;
  private final String sentence;

  ExistingBlob(Unasked verdict, String sentence) {
    this.verdict = verdict;
    this.sentence = sentence;
  }

  static ExistingBlob of(StoredVideo there) {
    if (there.isDelivered()) {
      return DELIVERED;
    }
    return there.owner().kind() == Owner.Kind.OTHER ? KEPT : COMPARED;
  }

  /** What is there and what a copy does with it, as the end of a sentence on the blob's URL. */
  static String words(StoredVideo there) {
    return switch (of(there)) {
      case DELIVERED -> ", and there it is: %d bytes".formatted(there.bytes());
      case KEPT ->
          ", and the blob there is of another job or generation, by its metadata: a copy keeps it"
              + " and ends as storage-denied; move it away, then put the id on sora-jobs";
      case COMPARED ->
          ", and a blob of %d bytes is there, %s the courier's metadata, %s an MD5: a copy compares it with the video, and ends as storage-denied if it differs or cannot be read; move it away if it is not the video"
              .formatted(
                  there.bytes(),
                  there.owner().kind() == Owner.Kind.THIS ? "with" : "without all of",
                  there.contentMd5() == null ? "without" : "with");
    };
  }

  Unasked verdict() {
    return verdict;
  }

  /**
   * @param urls of the blobs
   */
  String sentence(String urls) {
    return sentence.formatted(urls);
  }
}
