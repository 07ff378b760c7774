package io.soracourier.video;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A form of a video that is not an MP4.
 *
 * @param words for people
 * @param lasts whether waiting may bring an MP4
 */
public record OtherForm(String words, Lasts lasts) {
  /** Where nothing but an MP4 can come instead any more, however long one waits. */
  public enum Lasts {
    /** A video that is whole, and of another format: at the documented address or a named one. */
    ALWAYS,
    /** At the documented address; a URL that a response names may be that of a preview. */
    WHERE_DOCUMENTED,
    /** A picture may stand there until the video is ready, and a fragment be a beginning. */
    NOT_SURE
  }

  /** The bytes of the beginning that identify all of them. */
  public static final int BEGINNING = ContainerFormat.BEGINNING;

  /** The form of content that begins so; empty for an MP4 and for anything else. */
  public static Optional<OtherForm> of(byte[] beginning) {
    return ContainerFormat.of(beginning)
        .map(ContainerFormat::form)
        .or(() -> Base64Video.alone(new String(beginning, StandardCharsets.ISO_8859_1)));
  }

  /** That the content has this form. */
  public String sentence() {
    return sentence("the content");
  }

  /**
   * @param what has this form
   */
  public String sentence(String what) {
    return "%s is %s, and the courier stores MP4 only".formatted(what, words);
  }
}
