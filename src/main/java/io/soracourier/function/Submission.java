package io.soracourier.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the body of a call names: one job as a message of the queue does, see {@link JobMessage};
 * several, one on each line; or a form with the field {@code jobId}. The body decides, not its
 * content type: curl and PowerShell send that of a form with whatever they are given.
 *
 * @param text what was sent for it
 * @param job null where it is no job
 * @param error why it is none, or null
 */
record Submission(String text, JobMessage job, InvalidMessageException error) {
  private static final Pattern FORM =
      Pattern.compile("(?:[A-Za-z_][A-Za-z_-]*=[^&\\s]*&)*job_?id=\\S*", Pattern.CASE_INSENSITIVE);

  /**
   * @param body as it came
   * @return at least one
   */
  static List<Submission> in(byte[] body) {
    String text;
    try {
      text = MessageText.of(body);
    } catch (InvalidMessageException e) {
      return List.of(new Submission("", null, e));
    }
    if (FORM.matcher(text).matches()) {
      return ofForm(text);
    }
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() < 2 || isOneObject(text, lines.get(0))) {
      return List.of(of(body, text));
    }
    return lines.stream().map(Submission::of).toList();
  }

  /** One whose lines are not objects of their own. */
  private static boolean isOneObject(String text, String firstLine) {
    if (!text.startsWith("{")) {
      return false;
    }
    try {
      return VerbatimJson.members(firstLine).isEmpty();
    } catch (VerbatimJson.AmbiguousMemberException whole) {
      return false;
    }
  }

  private static Submission of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8), text);
  }

  private static Submission of(byte[] body, String text) {
    try {
      return new Submission(text, JobMessage.parse(body).asSubmitted(), null);
    } catch (InvalidMessageException e) {
      return new Submission(text, null, e);
    }
  }

  /** Each {@code jobId} is a job; other fields go with all of them. */
  private static List<Submission> ofForm(String text) {
    List<String> ids = new ArrayList<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (String field : text.split("&")) {
      String[] parts = field.split("=", 2);
      String value = parts.length == 2 ? decoded(parts[1]) : "";
      if (parts[0].replace("_", "").equalsIgnoreCase("jobId")) {
        ids.add(value);
      } else if (!parts[0].isEmpty()) {
        others.put(parts[0], quoted(value));
      }
    }
    return ids.stream().map(id -> ofForm(id, others)).toList();
  }

  private static Submission ofForm(String id, Map<String, String> others) {
    // A plus sign in an id that was not encoded is a space now, and no id has one.
    String jobId = id.strip().replace(' ', '+');
    if (others.isEmpty()) {
      return of(jobId);
    }
    Map<String, String> members = new LinkedHashMap<>(others);
    members.put("jobId", quoted(jobId));
    Submission whole = of(VerbatimJson.object(members));
    return new Submission(jobId, whole.job(), whole.error());
  }

  private static String quoted(String value) {
    return JsonNodeFactory.instance.textNode(value).toString();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
