package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the names in a profile's texts stand for, for one request, and for one job if there is. */
final class ProfileValues {
  static final String MEDIA_PATH = "/media/";

  private final ServerProfile profile;
  private final Map<String, JsonNode> values;

  ProfileValues(ServerProfile profile, Request request) {
    this(profile, new HashMap<>());
    String host = request.header("Host").orElse("127.0.0.1");
    text("origin", "http://" + host);
    text("mediaOrigin", "http://" + ServerProfile.MEDIA_HOST + host.replaceFirst("^.*:", ":"));
  }

  private ProfileValues(ServerProfile profile, Map<String, JsonNode> values) {
    this.profile = profile;
    this.values = values;
  }

  /**
   * The same with a job's: {@code id}, {@code pathId} as it is in a path, {@code status}, {@code
   * prompt}, {@code progress}, {@code reason} and {@code message} of a failure, {@code media}, its
   * URL at the media host, and times in seconds ({@code created}), milliseconds ({@code
   * createdMillis}) and with a fraction ({@code createdFloat}); the same with {@code done} and
   * {@code expires}, null before that.
   */
  ProfileValues of(SimulatedJob job, String status) {
    ProfileValues more = new ProfileValues(profile, new HashMap<>(values));
    boolean done = status.equals(profile.doneWord());
    more.text("id", job.id());
    more.text("pathId", escaped(job.id()));
    more.text("status", status);
    more.text("prompt", job.made().prompt);
    more.text("reason", job.made().failureReason);
    more.text("message", job.made().failureMessage);
    more.values.put(
        "progress",
        IntNode.valueOf(job.progress(status, profile.words().get(0), profile.doneWord())));
    more.time("created", Optional.of(job.createdAt()));
    more.time("done", done ? job.finishedAt() : Optional.empty());
    more.time("expires", done ? job.expiresAt() : Optional.empty());
    String query = profile.content().query().replace("{token}", token(job));
    more.text(
        "media",
        text("mediaOrigin")
            + MEDIA_PATH
            + token(job)
            + ".mp4"
            + (query.isEmpty() ? "" : "?" + query));
    return more;
  }

  /** The same with a page's: {@code first}, {@code last}, {@code more}. */
  ProfileValues of(Page page) {
    ProfileValues more = new ProfileValues(profile, new HashMap<>(values));
    int last = page.jobs().size() - 1;
    more.text("first", last < 0 ? null : page.jobs().get(0).id());
    more.text("last", last < 0 ? null : page.jobs().get(last).id());
    more.values.put("more", BooleanNode.valueOf(page.hasMore()));
    return more;
  }

  ProfileValues with(String name, String value) {
    ProfileValues more = new ProfileValues(profile, new HashMap<>(values));
    more.text(name, value);
    return more;
  }

  /** An id as a segment of a path. */
  static String escaped(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Names a job's file, and is the same for the same job. */
  static String token(SimulatedJob job) {
    return UUID.nameUUIDFromBytes(job.id().getBytes(StandardCharsets.UTF_8)).toString();
  }

  ServerProfile profile() {
    return profile;
  }

  JsonNode fill(JsonNode template) {
    return Template.fill(template, this::value);
  }

  String text(String name) {
    return value(name).asText();
  }

  private JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("%s: there is no value for {%s}".formatted(profile, name));
    }
    return value;
  }

  private void text(String name, String value) {
    values.put(name, value == null ? NullNode.instance : TextNode.valueOf(value));
  }

  private void time(String name, Optional<Instant> time) {
    Optional<Long> millis = time.map(Instant::toEpochMilli);
    values.put(name, json(millis.map(number -> LongNode.valueOf(number / 1000))));
    values.put(name + "Millis", json(millis.map(LongNode::valueOf)));
    values.put(name + "Float", json(millis.map(number -> DoubleNode.valueOf(number / 1000.0))));
  }

  private static JsonNode json(Optional<? extends JsonNode> value) {
    return value.isPresent() ? value.get() : NullNode.instance;
  }
}
