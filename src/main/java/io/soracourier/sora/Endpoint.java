package io.soracourier.sora;

import io.soracourier.setting.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The server that jobs are asked of.
 *
 * @param base everything before {@code /videos} and {@code /video/generations}, without a slash at
 *     the end: {@code https://{resource}.openai.azure.com/openai/v1}
 */
public record Endpoint(URI base) {
  public static final String SETTING = "AZURE_OPENAI_ENDPOINT";

  /**
   * Where Azure OpenAI and Foundry accounts are: in the public cloud, in Azure Government, and in
   * Azure operated by 21Vianet. Nobody else has names below these.
   *
   * <p>Sources: the private DNS zones of Azure's services; azure-sdk-for-js, the audiences of
   * Cognitive Services.
   */
  private static final List<String> AZURE_HOSTS =
      Stream.of("com", "us", "cn")
          .flatMap(
              cloud ->
                  Stream.of("openai", "cognitiveservices", "services.ai")
                      .map(service -> "." + service + ".azure." + cloud))
          .toList();

  private static final String OPENAI_HOST = "api.openai.com";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Pattern AZURE_PATH = Pattern.compile("^(.*?/openai)(/.*)?$");
  private static final Pattern VERSION_PATH = Pattern.compile("^(.*?/v1)(/.*)?$");
  private static final String WHAT_TO_PUT =
      "; put the address of the Azure OpenAI resource there, https://{resource}.openai.azure.com,"
          + " or of a server of the /v1/videos shape, https://{host}/v1";

  /**
   * Reads what people paste: the resource, {@code …/openai}, {@code …/openai/v1}, a whole job URL
   * with its query, or another provider's {@code …/v1}.
   *
   * @throws InvalidSettingException when the text is no such address
   */
  public static Endpoint parse(String text) {
    URI pasted;
    try {
      pasted = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new InvalidSettingException(SETTING, "is not a URL" + WHAT_TO_PUT);
    }
    String scheme = pasted.getScheme() == null ? "" : pasted.getScheme().toLowerCase(Locale.ROOT);
    boolean portPossible =
        pasted.getPort() == -1 || pasted.getPort() > 0 && pasted.getPort() <= 65535;
    if (pasted.getHost() == null || !portPossible || !Set.of("http", "https").contains(scheme)) {
      throw new InvalidSettingException(SETTING, "is not an https URL" + WHAT_TO_PUT);
    }
    if (pasted.getRawUserInfo() != null) {
      throw new InvalidSettingException(SETTING, "must not carry a user name or password");
    }
    // A name may end with a dot, but certificates never name it so.
    String host = pasted.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (scheme.equals("http") && !isLoopback(host)) {
      throw new InvalidSettingException(
          SETTING, "is an http URL, over which the key would travel in the clear" + WHAT_TO_PUT);
    }
    String path = pasted.getRawPath().replaceAll("/{2,}", "/");
    String port = pasted.getPort() < 0 ? "" : ":" + pasted.getPort();
    return new Endpoint(URI.create(scheme + "://" + host + port + basePath(path)));
  }

  private static String basePath(String path) {
    Matcher azure = AZURE_PATH.matcher(path);
    if (azure.matches()) {
      return azure.group(1) + "/v1";
    }
    Matcher versioned = VERSION_PATH.matcher(path);
    if (versioned.matches()) {
      return versioned.group(1);
    }
    return path.replaceFirst("/+$", "") + "/openai/v1";
  }

  /** Whether it is of Azure's shape, which takes a key in {@code api-key}. */
  public boolean isAzure() {
    return base.getRawPath().endsWith("/openai/v1");
  }

  /**
   * Whether a managed identity's token may be sent there although no setting says so: to Azure's
   * own hosts, which are asked over https, and to this machine. The token can create, read and
   * delete videos.
   */
  boolean takesTokensUnasked() {
    return isLoopback() || isAzureHost();
  }

  /**
   * When a job was created, where its id tells: only those of Azure and OpenAI do, others look like
   * these by chance.
   *
   * @param now clocks may differ by some minutes
   */
  public Optional<Instant> createdAt(JobId id, Instant now) {
    return isAzureHost() || ("." + base.getHost()).endsWith("." + OPENAI_HOST)
        ? id.createdAt(now)
        : Optional.empty();
  }

  private boolean isAzureHost() {
    return AZURE_HOSTS.stream().anyMatch(base.getHost()::endsWith);
  }

  /** Whether it is on this very machine, as in tests: then http and loopback addresses are fine. */
  public boolean isLoopback() {
    return isLoopback(base.getHost());
  }

  /** Whether a URL is of the endpoint's own origin, where its credential belongs. */
  public boolean isOriginOf(URI uri) {
    return base.getScheme().equalsIgnoreCase(uri.getScheme())
        && base.getHost().equalsIgnoreCase(uri.getHost())
        && port(base) == port(uri);
  }

  /** The address of a job. */
  public URI job(VideoApi api, JobId id) {
    return at(api.job(id));
  }

  /**
   * The documented address of the content of a video, or null where its id is not one: no request
   * is made from that.
   */
  URI content(VideoApi api, String videoId) {
    return JobId.isId(videoId) ? at(api.content(videoId)) : null;
  }

  /** A path below the base, with its query. */
  public URI at(String path) {
    return URI.create(base + path);
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
