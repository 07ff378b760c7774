package io.soracourier.content;

import io.soracourier.http.StreamedResponse;
import io.soracourier.text.ReceivedText;
import io.soracourier.text.Secrets;
import io.soracourier.video.OtherForm;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The response to a request for content, and what its body is by how that begins. */
public final class ContentResponse implements AutoCloseable {
  private final Candidate candidate;
  private final StreamedResponse response;
  private final ContentBody body;

  /**
   * @param stallTimeout for all of a body that is read as text
   */
  ContentResponse(Candidate candidate, StreamedResponse response, Duration stallTimeout) {
    this.candidate = candidate;
    this.response = response;
    this.body = new ContentBody(response, stallTimeout);
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

  /** The first value of a header. */
  public @Nullable String header(String name) {
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

  /** In bytes; -1 where it is not declared, or is that of another form of the body. */
  long declaredLength() {
    String digits = header("Content-Length");
    return !isEncoded() && digits != null && digits.matches("\\d{1,18}")
        ? Long.parseLong(digits)
        : -1;
  }

  /** By which a range is of the same content: a strong entity tag, or the date of its change. */
  @Nullable String validator() {
    String tag = header("ETag");
    return tag != null && tag.startsWith("\"") ? tag : header("Last-Modified");
  }

  /** In words, that the body may be encoded in a way that cannot be read. */
  Optional<String> unknownEncoding() {
    return response.unknownEncoding();
  }

  public ContentBody body() {
    return body;
  }

  /** Whether the body begins as an MP4 does; reads nothing away, as the next ones. */
  boolean isMp4() {
    Buffer beginning = body.peek(8);
    return beginning.length() >= 8
        && beginning.getString(4, 8, StandardCharsets.ISO_8859_1.name()).equals("ftyp");
  }

  /** The form of the body where it begins as another one than an MP4. */
  Optional<OtherForm> otherForm() {
    return OtherForm.of(beginning());
  }

  private byte[] beginning() {
    Buffer beginning = body.peek(OtherForm.BEGINNING);
    return beginning.getBytes(0, Math.min(beginning.length(), OtherForm.BEGINNING));
  }

  /** Whether the body may be a JSON object or array. */
  boolean isJson() {
    String beginning = ReceivedText.of(beginning()).replaceFirst("^[\\s\\uFEFF]+", "");
    return beginning.startsWith("{") || beginning.startsWith("[");
  }

  /** Closes the connection unless the body has been read to its end. */
  @Override
  public void close() {
    response.close();
  }
}
