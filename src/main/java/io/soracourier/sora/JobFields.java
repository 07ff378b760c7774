package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.soracourier.text.Excerpt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a job, or of an object in it, each read on its own: one that is missing, null, or
 * of a type or value that makes no sense counts as absent, so that no field makes a job unreadable.
 */
final class JobFields {
  private static final Logger LOG = Logger.getLogger(JobFields.class);
  private static final int MAX_WORDS = 500;
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})(\\.\\d{1,20})?");
  private static final Pattern SIZE = Pattern.compile("\\s*(\\d{1,6})\\s*[xX*×]\\s*(\\d{1,6})\\s*");
  private static final Pattern PERCENT =
      Pattern.compile("\\s*(\\d{1,6}(?:\\.\\d{1,20})?)\\s*%?\\s*");

  /** Fields and types that were logged. Names are the courier's own, so that they are few. */
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private final JsonNode json;
  private final Instant now;

  /**
   * @param now a time far from it is ignored
   */
  JobFields(JsonNode json, Instant now) {
    this.json = json;
    this.now = now;
  }

  /** A text with something in it. */
  Optional<String> text(String name) {
    JsonNode field = field(name);
    return field.isTextual() && !field.textValue().isBlank()
        ? Optional.of(field.textValue())
        : absent(name, field);
  }

  /** The id of a video, whether it is one or not. */
  Optional<String> id() {
    return Optional.of(field("id")).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  /** A text for a message: on one line, and cut. */
  Optional<String> words(String name) {
    return text(name).map(text -> Excerpt.of(text, MAX_WORDS));
  }

  /** A whole number below a million, as a number or in a text; parts of one are rounded off. */
  @Nullable Integer number(String name) {
    JsonNode field = field(name);
    Matcher number = NUMBER.matcher(plain(field));
    return number.matches()
        ? Integer.valueOf(number.group(1))
        : JobFields.<Integer>absent(name, field).orElse(null);
  }

  /** Width and height in a text such as {@code 1280x720}; neither where it is something else. */
  Optional<Size> size(String name) {
    JsonNode field = field(name);
    Matcher size = SIZE.matcher(field.isTextual() ? field.textValue() : "");
    return size.matches()
        ? Optional.of(new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : absent(name, field);
  }

  /** In pixels. */
  record Size(int width, int height) {}

  /** The first of several names for a time. */
  Optional<Instant> time(String name, String... otherNames) {
    JsonNode field = field(name);
    Optional<Instant> time = ServerTime.of(field, now).or(() -> absent(name, field));
    for (int i = 0; time.isEmpty() && i < otherNames.length; i++) {
      time = time(otherNames[i]);
    }
    return time;
  }

  /**
   * A progress of at most 100: a number, or a text, which may have a percent sign. Parts of a
   * hundredth are rounded off, so that 100 means done.
   */
  Optional<Integer> percent(String name) {
    JsonNode field = field(name);
    Matcher percent = PERCENT.matcher(plain(field));
    return percent.matches()
        ? Optional.of((int) Math.min(100, Double.parseDouble(percent.group(1))))
        : absent(name, field);
  }

  /** Whether it is the boolean {@code false}. */
  boolean isFalse(String name) {
    JsonNode field = field(name);
    return field.isBoolean() && !field.booleanValue();
  }

  /** An object in it, whose fields are all absent where it is not an object. */
  JobFields object(String name) {
    JsonNode field = field(name);
    return new JobFields(field.isObject() ? field : MissingNode.getInstance(), now);
  }

  /** The objects of an array. */
  List<JobFields> objects(String name) {
    JsonNode field = field(name);
    if (!field.isArray()) {
      absent(name, field);
      return List.of();
    }
    return StreamSupport.stream(field.spliterator(), false)
        .filter(JsonNode::isObject)
        .map(object -> new JobFields(object, now))
        .toList();
  }

  /** Its videos, where they have no ids. */
  Outputs outputs() {
    return Outputs.of(json);
  }

  /** The server's reason of a failure, from the first of these fields that has one. */
  Optional<ErrorWords> failure(String... names) {
    for (String name : names) {
      Optional<ErrorWords> words = ErrorWords.of(field(name));
      if (words.isPresent()) {
        return words;
      }
    }
    return Optional.empty();
  }

  private JsonNode field(String name) {
    return json.path(name);
  }

  private static String plain(JsonNode field) {
    return field.isNumber() || field.isTextual() ? field.asText() : "";
  }

  /** Logs it once: a server that gives another type does so in each response. */
  private static <T> Optional<T> absent(String name, JsonNode field) {
    boolean given = !field.isMissingNode() && !field.isNull();
    if (given && LOG.isDebugEnabled() && LOGGED.add(name + field.getNodeType())) {
      LOG.debugf(
          "the field %s of a job is a %s that cannot be read: it counts as absent",
          name, field.getNodeType());
    }
    return Optional.empty();
  }
}
