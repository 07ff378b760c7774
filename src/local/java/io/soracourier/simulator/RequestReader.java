package io.soracourier.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads HTTP/1.1 requests off a connection, bodies included. */
final class RequestReader {
  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_BODY = 64 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private boolean keepAlive;

  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next request; empty when the client closed the connection in its place. */
  Optional<Request> read() throws IOException {
    String line = line();
    if (line == null) {
      return Optional.empty();
    }
    String[] start = line.split(" ", 3);
    if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
      throw new ProtocolException("Not an HTTP/1.1 request line: " + line);
    }
    Headers headers = headers();
    String connection = headers.first("Connection").orElse("").toLowerCase(java.util.Locale.ROOT);
    keepAlive =
        start[2].equals("HTTP/1.0")
            ? connection.contains("keep-alive")
            : !connection.contains("close");
    if (headers.first("Expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    String[] target = start[1].split("\\?", 2);
    String query = target.length == 2 ? target[1] : "";
    return Optional.of(new Request(start[0], target[0], query, headers, body(headers)));
  }

  /** Whether the client of the request just read lets the connection serve another. */
  boolean keepAlive() {
    return keepAlive;
  }

  private Headers headers() throws IOException {
    java.util.List<Headers.Field> fields = new java.util.ArrayList<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      String[] field = line.split(":", 2);
      fields.add(new Headers.Field(field[0], field.length == 2 ? field[1].strip() : ""));
    }
    return new Headers(fields);
  }

  private byte[] body(Headers headers) throws IOException {
    if (headers.first("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks();
    }
    return exactly(Long.parseLong(headers.first("Content-Length").orElse("0")));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(exactly(size));
      line();
    }
    headers();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("The request ends before its last chunk");
    }
    return Integer.parseInt(line.split(";")[0].strip(), 16);
  }

  private byte[] exactly(long length) throws IOException {
    if (length > MAX_BODY) {
      throw new ProtocolException("A request body of " + length + " bytes is too large");
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("The request body ends early");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
      if (line.size() > MAX_LINE) {
        throw new ProtocolException("A line of the request's head is too long");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
