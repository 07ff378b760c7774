package io.soracourier.sora;

import io.soracourier.http.Addresses;
import io.soracourier.http.HttpRequests;
import io.soracourier.setting.InvalidSettingException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that jobs are requested from.
 *
 * @param base everything before {@code /videos} and {@code /video/generations}, without a slash at
 *     the end: {@code https://{resource}.openai.azure.com/openai/v1}
 */
public record Endpoint(URI base) {
  public static final String SETTING = "AZURE_OPENAI_ENDPOINT";

  /**
   * Reads what people paste, see {@code docs/reference/endpoint.md}: a host alone, a base, a whole
   * job URL with its query.
   *
   * @throws InvalidSettingException when the text is no such address
   */
  public static Endpoint parse(String text) {
    return PastedAddress.read(text);
  }

  /** Whether it is Azure's own, or an API Management, where roles and audiences are what counts. */
  boolean isOnAzure() {
    return KnownHosts.isAzure(base.getHost()) || KnownHosts.isApiManagement(base.getHost());
  }

  /** Whether it is Azure's, or a gateway of its shape, which takes a key in {@code api-key}. */
  public boolean isAzure() {
    return isOnAzure() || base.getRawPath().equals("/openai/v1");
  }

  /**
   * Whether a managed identity's token may be sent there without a setting: to Azure's own hosts
   * and to this machine. The token can create, read and delete videos.
   */
  boolean takesTokensUnasked() {
    return isLoopback() || KnownHosts.isAzure(base.getHost());
  }

  /**
   * When a job was created, where its id has the time: only those of Azure and OpenAI do, others
   * look like these by chance.
   *
   * @param now clocks may differ by some minutes
   */
  public Optional<Instant> createdAt(JobId id, Instant now) {
    return keepsJobsForADay() ? id.createdAt(now) : Optional.empty();
  }

  /** Whether jobs and videos are deleted a day after their creation: at Azure and OpenAI. */
  public boolean keepsJobsForADay() {
    return KnownHosts.isAzure(base.getHost()) || KnownHosts.isOpenAi(base.getHost());
  }

  /** Whether its host is this machine by name, without a look-up. */
  public boolean isLoopback() {
    return Addresses.isLoopback(base.getHost());
  }

  /** Whether requests are sent in the clear, over a network. */
  boolean isPlainElsewhere() {
    return base.getScheme().equals("http") && !isLoopback();
  }

  /** Whether a URL is of the endpoint's own origin, where its credential belongs. */
  public boolean isOriginOf(URI uri) {
    return base.getScheme().equalsIgnoreCase(uri.getScheme())
        && base.getHost().equalsIgnoreCase(uri.getHost())
        && HttpRequests.port(base) == HttpRequests.port(uri);
  }

  /** The address of a job. */
  public URI job(VideoApi api, JobId id) {
    return at(api.job(id));
  }

  /**
   * The documented address of the content of a video, or null where its id is not one: no request
   * is made from that.
   */
  @Nullable URI content(VideoApi api, String videoId) {
    return JobId.isId(videoId) ? at(api.content(videoId)) : null;
  }

  /** A path below the base, with its query. */
  public URI at(String path) {
    return URI.create(base + path);
  }
}
