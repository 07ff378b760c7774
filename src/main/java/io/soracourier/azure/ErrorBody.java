package io.soracourier.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.text.ReceivedText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an error: XML, or JSON from Table storage, which does not send the code in a header.
 *
 * <p>Source: "Status and error codes" in Microsoft's REST reference.
 */
final class ErrorBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** With a prefix, and in lower case, from Table storage where it has not read the request. */
  private static final Pattern XML_CODE = Pattern.compile("<(?:\\w+:)?[Cc]ode>([A-Za-z0-9]+)</");

  private ErrorBody() {}

  /** The error's code as it is written there; the empty string where there is none. */
  static String code(byte[] body) {
    String text = ReceivedText.of(body);
    try {
      return JSON.readTree(text).path("odata.error").path("code").asText("");
    } catch (JsonProcessingException notJson) {
      Matcher code = XML_CODE.matcher(text);
      return code.find() ? code.group(1) : "";
    }
  }
}
