package io.soracourier.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form fields of a multipart body; file parts are left aside. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");

  private Multipart() {}

  static ObjectNode fields(String contentType, byte[] body) {
    ObjectNode fields = Json.object();
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return fields;
    }
    // One char a byte, so that binary parts do not disturb the search for boundaries.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String part : text.split(Pattern.quote("--" + boundary.group(1)))) {
      String[] headAndBody = part.split("\r\n\r\n", 2);
      Matcher name = NAME.matcher(headAndBody[0]);
      if (headAndBody.length == 2 && name.find() && !headAndBody[0].contains("filename=")) {
        put(fields, name.group(1), headAndBody[1].replaceFirst("\r\n$", ""));
      }
    }
    return fields;
  }

  private static void put(ObjectNode fields, String name, String bytes) {
    String value = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (!name.equals("inpaint_items")) {
      fields.put(name, value);
      return;
    }
    try {
      fields.set(name, new ObjectMapper().readTree(value));
    } catch (IOException e) {
      throw new ServiceException(
          ServiceError.badRequest("Invalid value for 'inpaint_items': not a JSON array."));
    }
  }
}
