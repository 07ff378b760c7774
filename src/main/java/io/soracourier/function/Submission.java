package io.soracourier.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.soracourier.function.FormFields.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a call names: one job as a message of the queue does, see {@link JobMessage};
 * several, one on each line; or a form with the field {@code jobId}. The body decides, not its
 * content type: curl and PowerShell send that of a form with whatever they are given.
 *
 * @param job null where it is not a job
 * @param error why it is none; null where it is one
 */
record Submission(@Nullable JobMessage job, @Nullable InvalidMessageException error) {
  /**
   * @param jobs at least one, or none where all are {@code beyond}
   * @param beyond how many more there are than were read
   */
  record Body(List<Submission> jobs, long beyond) {}

  /**
   * @param body as it came
   * @param most how many are read
   */
  static Body in(byte[] body, int most) {
    String text;
    try {
      text = MessageText.of(body);
    } catch (InvalidMessageException e) {
      return new Body(List.of(new Submission(null, e)), 0);
    }
    Optional<FormFields> form = FormFields.in(text);
    if (form.isPresent()) {
      return ofForm(form.get(), most);
    }
    // Quotes around each line are no quotes around the whole.
    String raw = TextBytes.decoded(body).orElse(text);
    List<String> two = lines(raw).limit(2).toList();
    if (two.size() < 2 || isOneValue(text, two.get(0))) {
      return new Body(List.of(of(body)), 0);
    }
    return new Body(
        lines(raw).limit(most).map(Submission::ofLine).toList(),
        Math.max(0, lines(raw).count() - most));
  }

  private static Stream<String> lines(String text) {
    return text.lines().map(MessageText::bare).filter(line -> !line.isEmpty());
  }

  /** A JSON value over several lines: an array, or an object whose first line is none by itself. */
  private static boolean isOneValue(String text, String firstLine) {
    if (!text.startsWith("{")) {
      return text.startsWith("[");
    }
    try {
      return VerbatimJson.members(firstLine).isEmpty();
    } catch (VerbatimJson.AmbiguousMemberException whole) {
      return false;
    }
  }

  private static Submission ofLine(String line) {
    return FormFields.in(line)
        .map(form -> ofForm(form, 1).jobs().get(0))
        .orElseGet(() -> of(line.getBytes(StandardCharsets.UTF_8)));
  }

  private static Submission of(byte[] message) {
    try {
      return new Submission(JobMessage.parse(message).asSubmitted(), null);
    } catch (InvalidMessageException e) {
      return new Submission(null, e);
    }
  }

  /** Each {@code jobId} is a job; other fields go with all of them. */
  private static Body ofForm(FormFields form, int most) {
    Map<String, String> others = new LinkedHashMap<>();
    form.fields().stream()
        .filter(field -> !field.isJobId())
        .forEach(field -> others.put(field.name(), quoted(field.value())));
    List<String> ids = form.fields().stream().filter(Field::isJobId).map(Field::value).toList();
    return new Body(
        ids.stream().limit(most).map(id -> ofForm(id, others)).toList(),
        Math.max(0, ids.size() - most));
  }

  private static Submission ofForm(String id, Map<String, String> others) {
    // A plus sign in an id that was not encoded is a space now, and no id has one.
    String jobId = id.strip().replace(' ', '+');
    if (others.isEmpty()) {
      return of(jobId.getBytes(StandardCharsets.UTF_8));
    }
    Map<String, String> members = new LinkedHashMap<>(others);
    members.put("jobId", quoted(jobId));
    return of(VerbatimJson.object(members).getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String value) {
    return JsonNodeFactory.instance.textNode(value).toString();
  }
}
