package io.soracourier.content;

import io.soracourier.http.StreamedResponse;
import io.soracourier.sora.ReceivedJson;
import io.soracourier.text.ReceivedText;
import io.soracourier.text.Secrets;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The response to a request for content, whose beginning can be read in advance: it tells a video
 * from what is none.
 */
public final class ContentResponse implements AutoCloseable {
  private final Candidate candidate;
  private final StreamedResponse response;
  private final Duration stallTimeout;
  private Buffer peeked = Buffer.buffer();
  private IOException failure;

  /**
   * @param stallTimeout for all of a body that is read as text
   */
  ContentResponse(Candidate candidate, StreamedResponse response, Duration stallTimeout) {
    this.candidate = candidate;
    this.response = response;
    this.stallTimeout = stallTimeout;
  }

  /** Where it came from, after redirects. */
  URI uri() {
    return candidate.uri();
  }

  /** The same for evidence, without secrets. */
  URI shownUri() {
    return candidate.shown();
  }

  /**
   * Whether somebody gave its URL with a signature, which has its own rights and its own end; or
   * redirected to it, which is done only for who may read it.
   */
  boolean isFromSignedUrl() {
    return candidate.isRedirect() || candidate.via() != null && Secrets.areInQuery(candidate.uri());
  }

  public int status() {
    return response.status();
  }

  /** The first value of a header, or null. */
  public String header(String name) {
    return response.header(name);
  }

  /** All headers, values by name. */
  Map<String, List<String>> headers() {
    return response.headers();
  }

  /** Whether lengths and ranges are those of another form of the body than the one read here. */
  boolean isEncoded() {
    return response.isEncoded();
  }

  /** Whether the body begins as an MP4 does; reads nothing away. */
  boolean beginsWithFtyp() {
    Buffer beginning = peek(8);
    return beginning.length() >= 8
        && beginning.getString(4, 8, StandardCharsets.ISO_8859_1.name()).equals("ftyp");
  }

  /** The form of the body where it begins as another one than an MP4; reads nothing away. */
  Optional<OtherForm> otherForm() {
    Buffer beginning = peek(ContainerFormat.BEGINNING);
    byte[] bytes = beginning.getBytes(0, Math.min(beginning.length(), ContainerFormat.BEGINNING));
    return ContainerFormat.of(bytes)
        .map(ContainerFormat::form)
        .or(() -> Base64Video.alone(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  /** Whether the body may be a JSON object or array; reads nothing away. */
  boolean beginsWithJson() {
    String beginning = peek(1).toString(StandardCharsets.UTF_8).stripLeading();
    return beginning.startsWith("{") || beginning.startsWith("[");
  }

  /** What broke the body while its beginning was read, or null. */
  IOException cut() {
    return failure;
  }

  /** At least so many bytes of the beginning, or all there are, left to be read. */
  private Buffer peek(int bytes) {
    try {
      while (peeked.length() < bytes) {
        Buffer next = received();
        if (next == null) {
          break;
        }
        peeked = peeked.length() == 0 ? next : peeked.copy().appendBuffer(next);
      }
    } catch (IOException cut) {
      // the next reader gets it
      failure = cut;
    }
    return peeked;
  }

  /**
   * The next bytes of the body, or null at its end.
   *
   * @throws IOException when the connection broke or brought nothing for the stall timeout
   */
  public Buffer next() throws IOException {
    if (peeked.length() > 0) {
      Buffer beginning = peeked;
      peeked = Buffer.buffer();
      return beginning;
    }
    return received();
  }

  private Buffer received() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return response.next();
  }

  /** What of the body's beginning comes within the stall timeout, as text. */
  String text(int longest) {
    long end = System.nanoTime() + stallTimeout.toNanos();
    Buffer text = Buffer.buffer();
    try {
      Buffer next = next();
      while (next != null && text.appendBuffer(next).length() < longest) {
        next = System.nanoTime() < end ? next() : null;
      }
    } catch (IOException cut) {
      // what came before is all there is to show
      failure = cut;
    }
    return ReceivedText.of(text.getBytes(0, Math.min(text.length(), longest)));
  }

  /** What of a job's JSON comes within the stall timeout, without the ends of long texts. */
  String json() {
    long end = System.nanoTime() + stallTimeout.toNanos();
    ReceivedJson json = new ReceivedJson();
    try {
      Buffer next = next();
      while (next != null && json.add(next.getBytes())) {
        next = System.nanoTime() < end ? next() : null;
      }
    } catch (IOException cut) {
      failure = cut;
    }
    return json.text();
  }

  /** Closes the connection unless the body has been read to its end. */
  @Override
  public void close() {
    response.close();
  }
}
