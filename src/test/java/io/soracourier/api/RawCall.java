package io.soracourier.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A response to a request whose line and headers are sent as they are written. */
record RawCall(int status, List<String> headers, String body) {
  /** The Host of a caller, where the app runs on Azure. */
  static final String OUTSIDE = "Host: courier.azurewebsites.net";

  /** {@code GET} of a target as a caller sends it. */
  static RawCall get(int port, String target, String... headers) {
    return send(port, "GET", target, "", headers);
  }

  static RawCall send(int port, String method, String target, String body, String... headers) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
      request.append(OUTSIDE).append("\r\n");
    }
    Arrays.stream(headers).forEach(header -> request.append(header).append("\r\n"));
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    request.append("Connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target, e);
    }
  }

  private static RawCall read(String response) {
    int end = response.indexOf("\r\n\r\n");
    List<String> lines = response.substring(0, end).lines().toList();
    return new RawCall(
        Integer.parseInt(lines.get(0).split(" ")[1]),
        lines.subList(1, lines.size()),
        response.substring(end + 4));
  }

  /** The value of a header; null where there is none. */
  String header(String name) {
    return headers.stream()
        .filter(header -> header.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(header -> header.substring(name.length() + 2))
        .findFirst()
        .orElse(null);
  }

  JsonNode json() {
    try {
      return new ObjectMapper().readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(body, e);
    }
  }
}
