package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that cannot work stops the start, and the one line that says so names it. */
class SettingsIT {
  private static final String KEY = "an-api-key-that-nobody-may-see";
  private static final String ACCOUNT_KEY =
      Base64.getEncoder().encodeToString("an account key that nobody may see, 64 bytes".getBytes());
  private static final String SIGNATURE = "c2lnbmF0dXJlLXRoYXQtbm9ib2R5LW1heS1zZWU";
  private static final String PASSWORD = "a-password-that-nobody-may-see";

  private static final Map<String, String> GOOD =
      Map.of(
          "AZURE_OPENAI_ENDPOINT",
          "https://example.openai.azure.com",
          "AZURE_OPENAI_API_KEY",
          KEY,
          "VideoStorage",
          storage("AccountKey=" + ACCOUNT_KEY));

  private static String storage(String credential) {
    return "DefaultEndpointsProtocol=https;AccountName=example;" + credential;
  }

  /** The setting to be named, and how the settings differ from good ones; empty removes one. */
  static Stream<Arguments> bad() {
    String endpoint = "AZURE_OPENAI_ENDPOINT";
    String storage = "VideoStorage";
    return Stream.of(
        Arguments.of(endpoint, Map.of(endpoint, "")),
        Arguments.of(endpoint, Map.of(endpoint, "my resource")),
        Arguments.of(endpoint, Map.of(endpoint, "example.openai.azure.com")),
        Arguments.of(endpoint, Map.of(endpoint, "ftp://example.openai.azure.com")),
        Arguments.of(endpoint, Map.of(endpoint, "https://")),
        Arguments.of(endpoint, Map.of(endpoint, "http://example.openai.azure.com")),
        Arguments.of(endpoint, Map.of(endpoint, "https://me:" + PASSWORD + "@example.com")),
        Arguments.of(endpoint, Map.of(endpoint, "https://my_server/v1?api-key=" + PASSWORD)),
        Arguments.of(endpoint, Map.of(endpoint, "https://169.254.169.254/v1")),
        Arguments.of(
            endpoint,
            Map.of(endpoint, "http://0.0.0.0:8000/v1", "COURIER_SORA_ALLOW_HTTP", "true")),
        Arguments.of(
            endpoint,
            Map.of(
                endpoint,
                "http://localhost:1/v1",
                "IDENTITY_ENDPOINT",
                "http://127.0.0.1:1/msi/token")),
        Arguments.of("courier.jobs.table", Map.of("COURIER_JOBS_TABLE", "the-jobs")),
        Arguments.of("courier.harvest.filter", Map.of("COURIER_HARVEST_FILTER", "sora-2")),
        Arguments.of("courier.jobs.timeout", Map.of("COURIER_JOBS_TIMEOUT", "0s")),
        Arguments.of("courier.jobs.keep", Map.of("COURIER_JOBS_KEEP", "1h")),
        Arguments.of("courier.sora.allow-http", Map.of(endpoint, "http://videos.internal:4000")),
        Arguments.of("courier.sora.key-header", Map.of("COURIER_SORA_KEY_HEADER", "Host")),
        Arguments.of("courier.sora.key-header", Map.of("COURIER_SORA_KEY_HEADER", KEY)),
        Arguments.of(
            "courier.sora.key-header",
            Map.of("COURIER_SORA_KEY_HEADER", "Authorization: Bearer " + PASSWORD + "é")),
        Arguments.of("AZURE_OPENAI_API_KEY", Map.of("AZURE_OPENAI_API_KEY", "")),
        Arguments.of("AZURE_OPENAI_SCOPE", withIdentity("https://videos.example.com/v1")),
        Arguments.of("AZURE_OPENAI_SCOPE", withIdentity("https://contoso.azure-api.net/openai")),
        Arguments.of(
            "AZURE_OPENAI_SCOPE", withIdentity("https://evil-openai.azure.com.example.com")),
        Arguments.of("AZURE_OPENAI_API_KEY", overHttp(withIdentity("http://videos.internal/v1"))),
        Arguments.of(storage, Map.of(storage, "")),
        Arguments.of(storage, Map.of(storage, ACCOUNT_KEY)),
        Arguments.of(storage, Map.of(storage, storage(""))),
        Arguments.of(storage, Map.of(storage, storage("AccountKey=" + ACCOUNT_KEY + "%"))),
        Arguments.of(storage, Map.of(storage, "AccountKey=" + ACCOUNT_KEY)),
        Arguments.of(
            storage,
            Map.of(
                storage,
                storage("AccountKey=" + ACCOUNT_KEY + ";SharedAccessSignature=sig=" + SIGNATURE))),
        Arguments.of(
            storage,
            Map.of(
                storage,
                "BlobEndpoint=https://example.blob.core.windows.net?sig="
                    + SIGNATURE
                    + ";SharedAccessSignature=sig="
                    + SIGNATURE)),
        Arguments.of(storage, Map.of("VideoStorage__accountName", "example")),
        Arguments.of(storage, Map.of(storage, "", "VideoStorage__accountName", "example")),
        Arguments.of("VIDEO_CONTAINER", Map.of("VIDEO_CONTAINER", "My_Videos")),
        Arguments.of("courier.look.first-delay", Map.of("COURIER_LOOK_FIRST_DELAY", "0s")),
        Arguments.of(
            "courier.look.max-delay",
            Map.of("COURIER_LOOK_FIRST_DELAY", "30s", "COURIER_LOOK_MAX_DELAY", "10s")),
        Arguments.of("courier.sora.api", Map.of("COURIER_SORA_API", "sora-3")),
        Arguments.of("HTTPS_PROXY", Map.of("HTTPS_PROXY", "socks5://me:" + PASSWORD + "@p:1080")),
        Arguments.of("NO_PROXY", Map.of("NO_PROXY", "https://example.com")),
        Arguments.of("courier.links.lifetime", Map.of("COURIER_LINKS_LIFETIME", "61m")),
        Arguments.of("courier.copy.concurrency", Map.of("COURIER_COPY_CONCURRENCY", "0")),
        Arguments.of("courier.copy.block-size", Map.of("COURIER_COPY_BLOCK_SIZE", "64K")));
  }

  /** An identity, no key, and no scope that would say that the host accepts its tokens. */
  private static Map<String, String> withIdentity(String endpoint) {
    return Map.of(
        "AZURE_OPENAI_ENDPOINT",
        endpoint,
        "AZURE_OPENAI_API_KEY",
        "",
        "IDENTITY_ENDPOINT",
        "http://127.0.0.1:1/msi/token",
        "IDENTITY_HEADER",
        PASSWORD);
  }

  /** Where a scope would have sent the token over https. */
  private static Map<String, String> overHttp(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(Map.of("COURIER_SORA_ALLOW_HTTP", "true", "AZURE_OPENAI_SCOPE", "api://x"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badSetting_stopsTheStartWithOneLineThatNamesIt(String setting, Map<String, String> change)
      throws IOException, InterruptedException {
    String output = outputOfAFailedStart(change);

    assertThat(output.lines()).as(output).singleElement().asString().contains(setting + " ");
  }

  @Test
  void severalBadSettings_areReportedAtOneStartWithALineForEach()
      throws IOException, InterruptedException {
    String output =
        outputOfAFailedStart(
            Map.ofEntries(
                Map.entry("AZURE_OPENAI_ENDPOINT", ""),
                Map.entry(
                    "AZURE_OPENAI_API_KEY",
                    " @Microsoft.KeyVault(SecretUri=https://contoso.vault.azure.net/secrets/sora/)"),
                Map.entry("VideoStorage", storage("AccountKey=" + ACCOUNT_KEY) + "\n"),
                Map.entry("VIDEO_CONTAINER", "My_Videos"),
                Map.entry("COURIER_CONTENT_ALLOWED_HOSTS", "cdn.example.com, http://a.example.com"),
                Map.entry("COURIER_CONTENT_MAX_REDIRECTS", "99"),
                Map.entry("COURIER_SORA_RETRY_COUNT", "-1"),
                Map.entry("COURIER_SORA_CIRCUIT_CALLS", "0"),
                Map.entry("COURIER_STORAGE_RETRY_COUNT", "11"),
                Map.entry("COURIER_GRACE", "-1s"),
                Map.entry("COURIER_DEADLINE", "1s"),
                Map.entry("COURIER_LOOK_FIRST_DELAY", "0s"),
                Map.entry("COURIER_LOOK_TIME_LIMIT", "2d"),
                Map.entry("COURIER_LINKS_LIFETIME", "2s"),
                Map.entry("COURIER_COPY_CONCURRENCY", "0")));

    assertThat(output.lines().map(line -> line.replaceFirst("^.*(ERROR|WARN) +", "").split(" ")[0]))
        .as(output)
        .containsExactlyInAnyOrder(
            "AZURE_OPENAI_ENDPOINT",
            "AZURE_OPENAI_API_KEY",
            "VideoStorage",
            "VIDEO_CONTAINER",
            "courier.content.allowed-hosts",
            "courier.content.max-redirects",
            "courier.sora.retry.count",
            "courier.sora.circuit.calls",
            "courier.storage.retry.count",
            "courier.grace",
            "courier.deadline",
            "courier.look.first-delay",
            "courier.look.time-limit",
            "courier.links.lifetime",
            "courier.copy.concurrency");
    assertThat(output).contains("Key Vault", "white space at its end");
  }

  /** What Quarkus would take for the name of another setting, of a vault, or of nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"${abc}", "abc${x:y}def", "${aes::TEXT}", "a$$b", "a\\${b}", "${", "}"})
  void expressionInASecret_isPartOfIt(String expression) throws IOException, InterruptedException {
    String storage = storage("AccountKey=" + ACCOUNT_KEY + expression);
    String output =
        outputOfAFailedStart(
            Map.of(
                "AZURE_OPENAI_API_KEY",
                PASSWORD + expression,
                "VideoStorage",
                storage,
                "HTTPS_PROXY",
                "ftp://me:" + PASSWORD + expression + "@proxy:3128",
                "AZURE_OPENAI_SCOPE",
                expression));

    assertThat(output.lines().map(line -> line.replaceFirst("^.*(ERROR|WARN) +", "").split(" ")[0]))
        .as(output)
        .containsExactlyInAnyOrder("VideoStorage", "HTTPS_PROXY");
    assertThat(output).doesNotContain(expression.length() < 3 ? "\tat " : expression, "\tat ");
  }

  @Test
  void settingThatIsOnlyAnExpression_isSet() throws IOException, InterruptedException {
    String output =
        outputOfAFailedStart(
            Map.of("AZURE_OPENAI_API_KEY", "${abc}", "VIDEO_CONTAINER", "${videos:videos}"));

    assertThat(output.lines()).as(output).singleElement().asString().contains("VIDEO_CONTAINER ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://videos.internal:4000", "http://10.0.0.4/v1", "https://10.0.0.4"})
  void endpointInsideANetwork_isFineWithTheSettingForHttp(String endpoint)
      throws IOException, InterruptedException {
    String output =
        outputOfAFailedStart(
            Map.of(
                "AZURE_OPENAI_ENDPOINT",
                endpoint,
                "COURIER_SORA_ALLOW_HTTP",
                "true",
                "COURIER_SORA_KEY_HEADER",
                "x-api-key",
                "VIDEO_CONTAINER",
                "My_Videos"));

    assertThat(output.lines()).as(output).singleElement().asString().contains("VIDEO_CONTAINER ");
  }

  @ParameterizedTest
  @CsvSource({
    "COURIER_RETRY_COUNT, COURIER_SORA_RETRY_COUNT",
    "COURIER_CIRCUIT_FAILURE_RATIO, COURIER_SORA_CIRCUIT_FAILURE_RATIO"
  })
  void formerName_stopsTheStartWithTheNameOfToday(String former, String current)
      throws IOException, InterruptedException {
    String output = outputOfAFailedStart(Map.of(former, PASSWORD));

    assertThat(output.lines())
        .as(output)
        .singleElement()
        .asString()
        .endsWith(former + " was renamed; set " + current + " in its place");
  }

  @Test
  void formerNameOnTheCommandLine_stopsTheStartWithTheNameOfToday()
      throws IOException, InterruptedException {
    String output = outputOfAFailedStart(Map.of(), "-Dcourier.retry.within=" + PASSWORD);

    assertThat(output.lines())
        .as(output)
        .singleElement()
        .asString()
        .endsWith("courier.retry.within was renamed; set courier.sora.retry.within in its place");
  }

  /** The start is stopped by something else, so that the process ends by itself. */
  @Test
  void unknownNames_areLoggedWithTheNearestAndStopNothing()
      throws IOException, InterruptedException {
    String output =
        outputOfAFailedStart(
            Map.of(
                "COURIER_COPY_CONCURENCY",
                PASSWORD,
                "COURIER_LOCAL_SERVER",
                PASSWORD,
                "COURIER_CONTENT_ALLOWED_HOSTS_0_",
                "cdn.example.com",
                "QUARKUS_NO_SUCH_THING",
                PASSWORD,
                "VIDEO_CONTAINER",
                "My_Videos"));

    assertThat(output.lines())
        .as(output)
        .satisfiesExactlyInAnyOrder(
            warning ->
                assertThat(warning)
                    .endsWith(
                        "WARN  COURIER_COPY_CONCURENCY is not a setting and was ignored; did you"
                            + " mean COURIER_COPY_CONCURRENCY?"),
            error -> assertThat(error).startsWith("VIDEO_CONTAINER "));
  }

  /** Quarkus says this itself, before the courier gets a word in, and puts a heading above it. */
  @ParameterizedTest
  @CsvSource({
    "courier.look.max-delay, COURIER_LOOK_MAX_DELAY, soon",
    "courier.copy.concurrency, COURIER_COPY_CONCURRENCY, many"
  })
  void valueOfAnotherType_stopsTheStartWithTheNameOfTheSetting(
      String setting, String variable, String value) throws IOException, InterruptedException {
    String output = outputOfAFailedStart(Map.of(variable, value));

    assertThat(output.lines())
        .as(output)
        .hasSizeLessThanOrEqualTo(2)
        .last()
        .asString()
        .contains(setting, '"' + value + '"');
  }

  private static String outputOfAFailedStart(Map<String, String> change, String... options)
      throws IOException, InterruptedException {
    Process process = start(change, options);
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(Deployment.IN_TIME.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isNotZero();
      assertThat(output).doesNotContain(KEY, ACCOUNT_KEY, SIGNATURE, PASSWORD);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Map<String, String> change, String... options) throws IOException {
    Map<String, String> settings = new TreeMap<>(GOOD);
    settings.putAll(change);
    List<String> command = new ArrayList<>(List.of(options));
    command.add(0, Project.target() + "/function-app/sora-courier");
    ProcessBuilder handler =
        new ProcessBuilder(command)
            .directory(Project.target().resolve("function-app").toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = handler.environment();
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("COURIER_")
                    || name.startsWith("AZURE_")
                    || name.startsWith("IDENTITY_")
                    || name.startsWith("VideoStorage")
                    || name.equals("VIDEO_CONTAINER"));
    settings.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            environment.put(name, value);
          }
        });
    environment.put("FUNCTIONS_CUSTOMHANDLER_PORT", "0");
    environment.put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    return handler.start();
  }
}
