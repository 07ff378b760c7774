package io.soracourier.queue;

import io.soracourier.azure.SmallBody;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The id of a message that the queue has taken. Whatever is wrong with it, the message is there: a
 * failure would send it once more.
 *
 * <p>Source: "Put Message" in Microsoft's REST reference: {@code MessageId} is a GUID.
 */
final class MessageIds {
  private static final Pattern ID =
      Pattern.compile(
          "<MessageId>\\s*([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\s*</MessageId>");

  private MessageIds() {}

  /** Of the response to Put Message; empty where it has none that is an id. */
  static Optional<String> in(RestResponse<InputStream> response, Duration time) {
    try {
      return in(SmallBody.of(response, time));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  static Optional<String> in(String body) {
    Matcher id = ID.matcher(body);
    return id.find() ? Optional.of(id.group(1)) : Optional.empty();
  }
}
