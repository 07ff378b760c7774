package io.soracourier.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.local.StorageProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/**
 * A job that the handler put back.
 *
 * @param at when the request arrived
 * @param delay for how long nobody sees it
 * @param text the message
 */
public record PutBack(Instant at, Duration delay, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DELAY = Pattern.compile("(?:^|&)visibilitytimeout=(\\d+)");

  static PutBack of(StorageProxy.Seen request) {
    Matcher delay = DELAY.matcher(request.query());
    if (!delay.find()) {
      throw new AssertionError("put back without a delay: " + request.query());
    }
    return new PutBack(
        request.at(), Duration.ofSeconds(Long.parseLong(delay.group(1))), text(request.body()));
  }

  private static String text(byte[] xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml))
          .getElementsByTagName("MessageText")
          .item(0)
          .getTextContent();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not the XML of a queue message", e);
    }
  }

  /** Whether it was put back, and not enqueued by a call. */
  boolean hasNote() {
    return text.contains("\"look\":");
  }

  JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  String jobId() {
    return json().path("jobId").asText();
  }

  JsonNode look() {
    return json().path("look");
  }

  /** When somebody can see it. */
  Instant visibleAt() {
    return at.plus(delay);
  }
}
