package io.soracourier.sora;

import io.soracourier.text.Excerpt;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One video of a finished job.
 *
 * @param id names the content and the blob: as the service gave it, or of the further videos of a
 *     job that gives them none, {@code {job id}@1}, {@code {job id}@2} and so on. Where the service
 *     gave what is not an id, the beginning of that
 * @param content the documented address of its content, or null where the id is invalid
 * @param otherContent where its content is if that address gives another video's, or null
 * @param width pixels, or null where the service does not say
 * @param height pixels
 * @param seconds its length
 */
public record Generation(
    String id,
    @Nullable URI content,
    @Nullable URI otherContent,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer seconds) {
  private static final int MAX_NAME = 200;

  /** No id that a server issues has an at sign. */
  private static final Pattern FURTHER = Pattern.compile("(.+)@([1-9][0-9]?)");

  public Generation(
      String id,
      @Nullable URI content,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Integer seconds) {
    this(id, content, null, width, height, seconds);
  }

  /** One that a response lists; what is not an id goes nowhere but into a message. */
  static Generation listed(
      String id,
      @Nullable URI content,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Integer seconds) {
    String name = JobId.isId(id) ? id : Excerpt.of(id, MAX_NAME);
    return new Generation(name, content, width, height, seconds);
  }

  /** One that a job has announced and does not list any more: where the API documents it. */
  public static Generation unlisted(String id, VideoApi api, Endpoint endpoint) {
    List<URI> contents =
        isId(id) ? api.contents(id).stream().map(endpoint::at).toList() : List.of();
    return new Generation(
        id,
        contents.isEmpty() ? null : contents.get(0),
        contents.size() < 2 ? null : contents.get(1),
        null,
        null,
        null);
  }

  /** Whether the text could be an id of a generation: as {@link JobId}, or of a further video. */
  public static boolean isId(@Nullable String text) {
    return JobId.isId(text) || text != null && JobId.isId(jobId(text));
  }

  /** The id of the k-th video of a job that gives them none, from 0. */
  public static String id(JobId job, int k) {
    return k == 0 ? job.value() : job.value() + "@" + k;
  }

  /** What precedes the number of a further video. */
  static String jobId(String id) {
    Matcher further = FURTHER.matcher(id);
    return further.matches() ? further.group(1) : id;
  }

  /** Which of the videos of a job that gives them no ids this is, from 0. */
  public int index() {
    return index(id);
  }

  /** The same of an id. */
  public static int index(String id) {
    Matcher further = FURTHER.matcher(id);
    return further.matches() ? Integer.parseInt(further.group(2)) : 0;
  }

  /** The same, with {@link #otherContent} alone. */
  public Generation elsewhere() {
    return new Generation(id, otherContent, null, width, height, seconds);
  }
}
