package io.soracourier.content;

/**
 * A form of a video that is no MP4.
 *
 * @param words for people
 * @param lasts whether waiting may bring an MP4
 */
record OtherForm(String words, Lasts lasts) {
  /** Where nothing but an MP4 can come instead any more, however long one waits. */
  enum Lasts {
    /** A video that is whole, and of another format: at the documented address or a named one. */
    ALWAYS,
    /** At the documented address; a URL that a response names may be that of a preview. */
    WHERE_DOCUMENTED,
    /** A picture may stand there until the video is ready, and a fragment be a beginning. */
    NOT_SURE
  }

  String sentence() {
    return "the content is %s, and the courier stores MP4 only".formatted(words);
  }
}
