package io.soracourier.sora;

import io.soracourier.http.StreamedResponse;
import io.soracourier.text.ReceivedText;
import io.soracourier.text.TextEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body that should be JSON, as it arrives. Of each string in it the beginning is kept, which is
 * all of an id, a URL or a sentence: a job may have a whole video as Base64 in it, or a picture.
 *
 * <p>Source: Bifrost, {@code core/schemas/videos.go}, for {@code videos[].base64}.
 */
public final class ReceivedJson {
  /** Bytes: a job's JSON has some hundred characters apart from its texts. */
  static final int MAX_KEPT = 1024 * 1024;

  /** Bytes of one string. */
  static final int MAX_STRING = 64 * 1024;

  /** The same where strings have taken half the room: it must be enough for many of them. */
  static final int MAX_FURTHER_STRING = 4 * 1024;

  /** The maximum of bytes that are received; most of them are dropped. */
  static final int MAX_RECEIVED = 256 * 1024 * 1024;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /** A beginning too short to detect the encoding, or a part of a code unit. */
  private byte[] rest = {};

  /** Once the encoding is known. */
  private @Nullable LongStrings strings;

  private int received;
  private @Nullable String problem;

  /**
   * Reads a body, or as much of it as is wanted.
   *
   * @param within the time for all of it
   * @throws IOException as {@link StreamedResponse#next()}, and when it takes longer; not once more
   *     than {@value #MAX_KEPT} bytes have come: then the service is there, and what ends this
   *     response is about this response
   */
  static ReceivedJson of(StreamedResponse response, Duration within) throws IOException {
    ReceivedJson json = new ReceivedJson();
    try {
      response.read(piece -> json.add(piece.getBytes()), within);
    } catch (IOException e) {
      if (json.received <= MAX_KEPT) {
        throw e;
      }
      json.problem =
          "the response was not read to its end after %d bytes: %s"
              .formatted(json.received, SoraErrors.printable(String.valueOf(e.getMessage())));
    }
    return json;
  }

  /** The next bytes; false once no more are wanted, because there were too many. */
  public boolean add(byte[] piece) {
    received += piece.length;
    byte[] bytes = rest.length == 0 ? piece : joined(rest, piece);
    if (strings == null && bytes.length < TextEncoding.SAMPLE) {
      rest = bytes;
    } else {
      keep(bytes);
    }
    if (kept.size() > MAX_KEPT) {
      problem =
          "the response is longer than %d bytes, also without the ends of its long texts"
              .formatted(MAX_KEPT);
    } else if (received > MAX_RECEIVED) {
      problem = "the response is longer than %d bytes".formatted(MAX_RECEIVED);
    }
    return problem == null;
  }

  /** Why it is not all there, in words; empty where it is, but for the ends of long strings. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** What was kept, see {@link ReceivedText#of}. */
  public String text() {
    if (strings == null) {
      keep(rest);
    }
    kept.writeBytes(rest);
    rest = new byte[0];
    return ReceivedText.of(kept.toByteArray());
  }

  private void keep(byte[] bytes) {
    if (strings == null) {
      strings = new LongStrings(TextEncoding.of(bytes));
    }
    TextEncoding encoding = strings.encoding();
    int width = encoding.width();
    int whole = bytes.length / width * width;
    for (int at = 0; at < whole && kept.size() <= MAX_KEPT; at += width) {
      int longest = kept.size() < MAX_KEPT / 2 ? MAX_STRING : MAX_FURTHER_STRING;
      if (strings.keeps(encoding.unit(bytes, at), longest / width)) {
        kept.write(bytes, at, width);
      }
    }
    rest = Arrays.copyOfRange(bytes, whole, bytes.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
