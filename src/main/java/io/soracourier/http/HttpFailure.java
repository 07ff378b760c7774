package io.soracourier.http;

import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.HttpClosedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Why there was no response, or not a whole one, in words that a person can act on. */
public final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean responded;

  HttpFailure(String words, Throwable cause) {
    this(words, cause, false);
  }

  private HttpFailure(String words, @Nullable Throwable cause, boolean responded) {
    super(words, cause);
    this.responded = responded;
  }

  /** Of a response that began, and is not whole. */
  public static HttpFailure ofResponse(String words) {
    return new HttpFailure(words, null, true);
  }

  /** The same, in words where those of the libraries make no sense to a reader. */
  static HttpFailure ofResponse(Throwable failure) {
    Optional<HttpFailure> known = known(failure);
    if (known.isPresent() && known.get().responded) {
      return known.get();
    }
    Throwable root = Causes.root(failure, HttpFailure.class);
    String message = message(root);
    String words = words(root, message);
    return new HttpFailure(words == null ? message : words, failure, true);
  }

  /** Of bytes that are not a response as HTTP has it: the decoder's words, where they are good. */
  static HttpFailure ofMalformed(Throwable failure) {
    String words =
        message(failure).replaceFirst("^Content-Length value is not", "Content-Length is not");
    if (failure instanceof NumberFormatException) {
      // The only numbers that are parsed in a body.
      words =
          words.contains("overflow")
              ? "the size of a chunk is too large"
              : "the size of a chunk is not a number";
    }
    return new HttpFailure(words, failure, true);
  }

  /** Of a request without a response. */
  static IOException of(Throwable failure) {
    Optional<HttpFailure> known = known(failure);
    if (known.isPresent()) {
      return known.get();
    }
    String message = String.valueOf(failure.getMessage());
    Throwable root = Causes.root(failure, ProxyConnectException.class);
    String words = words(root, String.valueOf(root.getMessage()));
    return words == null ? new IOException(message, failure) : new HttpFailure(words, failure);
  }

  /** Whether there was a response, though none that is whole. */
  public boolean hasResponded() {
    return responded;
  }

  private static Optional<HttpFailure> known(Throwable failure) {
    return Causes.find(failure, HttpFailure.class);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static @Nullable String words(Throwable root, String message) {
    if (root instanceof ProxyConnectException) {
      return "the proxy in %s did not connect: %s".formatted(Proxies.SETTING, message);
    }
    if (root instanceof NotSslRecordException) {
      return "what came was not TLS: is this an http address, or is something in between?";
    }
    if (root instanceof ClosedChannelException || root instanceof HttpClosedException) {
      return "the connection was closed";
    }
    if (root instanceof EOFException) {
      return "the encoded body ended too early";
    }
    if (root instanceof ZipException) {
      return "the body is not encoded as Content-Encoding says: " + message;
    }
    return message.startsWith("Received an HTTP message with no request in progress")
        ? "a response came before the request"
        : null;
  }
}
