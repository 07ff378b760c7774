package io.soracourier.local;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request as the host forwards it, and its response, which is read to its end before anything of
 * it goes to the caller.
 *
 * <p>All headers of the caller are passed, {@code Host}, cookies and key too, but not those of the
 * content ({@code Content-Encoding}, {@code Expires} and their like), of which only type and length
 * go with a body. A body counts when it has a declared length. The host adds its version, the
 * invocation id and its own name to what the caller gave in these headers.
 *
 * <p>Source: azure-functions-host 4.1037, {@code DefaultHttpWorkerService} and {@code
 * HttpRequestExtensions.ToHttpRequestMessage}.
 */
final class ForwardedExchange {
  /** .NET keeps them with the content. */
  private static final Set<String> OF_THE_CONTENT = Set.of("allow", "expires", "last-modified");

  /** Of the connection between host and handler. */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

  private final IncomingRequest request;
  private final String invocationId;
  private final String hostVersion;

  ForwardedExchange(IncomingRequest request, String invocationId, String hostVersion) {
    this.request = request;
    this.invocationId = invocationId;
    this.hostVersion = hostVersion;
  }

  HttpResult with(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes());
      return response(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes() throws IOException {
    String query = request.uri().getRawQuery();
    String path = DotNetUrl.decoded(request.rawPath()).orElseThrow();
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ');
    head.append(DotNetUrl.forwardedPath(path, query != null));
    head.append(DotNetUrl.forwardedQuery(query)).append(" HTTP/1.1\r\n");
    headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body());
    return bytes.toByteArray();
  }

  private byte[] body() throws IOException {
    if (request.header("Transfer-Encoding") != null) {
      throw new IOException("'Transfer-Encoding: chunked' without a content with a length");
    }
    return request.body();
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request
        .headers()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!lower.startsWith("content-") && !OF_THE_CONTENT.contains(lower)) {
                headers.put(name, String.join(lower.equals("cookie") ? "; " : ", ", values));
              }
            });
    if (body().length > 0) {
      headers.put("Content-Length", "" + body().length);
      if (request.header("Content-Type") != null) {
        headers.put("Content-Type", request.header("Content-Type"));
      }
    }
    headers.merge("X-Azure-Functions-HostVersion", hostVersion, (one, own) -> one + ", " + own);
    headers.merge("X-Azure-Functions-InvocationId", invocationId, (one, own) -> one + ", " + own);
    String agent = "Azure-Functions-Host/" + hostVersion;
    headers.merge("User-Agent", agent, (one, own) -> one + " " + own);
    return headers;
  }

  private HttpResult response(InputStream in) throws IOException {
    String statusLine = line(in);
    int status = Integer.parseInt(statusLine.split(" ")[1]);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(parts[1].strip());
    }
    if (status < 200) {
      return response(in);
    }
    byte[] body = responseBody(in, status, headers);
    Map<String, List<String>> passed = new LinkedHashMap<>(headers);
    passed.keySet().removeIf(name -> FRAMING.contains(name.toLowerCase(Locale.ROOT)));
    if (request.method().equals("HEAD") && headers.containsKey("Content-Length")) {
      passed.put("Content-Length", headers.get("Content-Length"));
    }
    return new HttpResult(status, passed, body);
  }

  private byte[] responseBody(InputStream in, int status, Map<String, List<String>> headers)
      throws IOException {
    if (request.method().equals("HEAD") || status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.containsKey("Transfer-Encoding")) {
      return chunks(in);
    }
    if (!headers.containsKey("Content-Length")) {
      return in.readAllBytes();
    }
    return exactly(in, Integer.parseInt(headers.get("Content-Length").get(0)));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = size(in); length > 0; length = size(in)) {
      body.writeBytes(exactly(in, length));
      line(in);
    }
    while (!line(in).isEmpty()) {
      // trailers
    }
    return body.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(
          "the response ended after %d of %d bytes".formatted(bytes.length, length));
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed");
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }
}
