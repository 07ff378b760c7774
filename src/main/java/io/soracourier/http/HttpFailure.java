package io.soracourier.http;

import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.HttpClosedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Why there was no response, or not a whole one, in words that a person can act on. */
public final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1L;

  HttpFailure(String words, Throwable cause) {
    super(words, cause);
  }

  /** The same in words, where those of the libraries make no sense to a reader. */
  static IOException of(Throwable failure) {
    if (failure instanceof HttpFailure known) {
      return known;
    }
    String message = String.valueOf(failure.getMessage());
    Throwable root = Causes.root(failure, ProxyConnectException.class);
    String words = words(root, String.valueOf(root.getMessage()));
    return words == null ? new IOException(message, failure) : new HttpFailure(words, failure);
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
    if (root instanceof NumberFormatException) {
      return "Content-Length is not a number: " + message.replaceFirst("^For input string: ", "");
    }
    return message.startsWith("Received an HTTP message with no request in progress")
        ? "a response came before the request"
        : null;
  }
}
