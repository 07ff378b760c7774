package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.infra.BicepCompiler.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The deployment that the compiler makes of the template and a file of parameters: every resource
 * with its properties, evaluated as far as nothing needs to exist for it. What does need to is left
 * as an expression, such as {@code [reference('/subscriptions/…', '2025-03-01').defaultHostName]}.
 */
record Snapshot(JsonNode json) {
  static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";

  private static final Path VARIANTS = Path.of("src/test/bicep");
  private static final Path GENERATED = Path.of("target/bicep");
  private static final Map<String, Snapshot> OF_VARIANTS = new ConcurrentHashMap<>();

  /** A value that is known once the resource exists: the resource's id, and the rest. */
  private static final Pattern REFERENCE =
      Pattern.compile("reference\\('([^']+)', '[^']+'\\)\\.([\\w.]+)");

  /** The names of the parameter files, which are the variants. */
  static List<String> variants() {
    return ProjectFile.below(VARIANTS.toString(), ".bicepparam").stream()
        .map(file -> file.path().getFileName().toString().replace(".bicepparam", ""))
        .toList();
  }

  static Snapshot of(String variant) {
    return OF_VARIANTS.computeIfAbsent(
        variant, name -> of(VARIANTS.resolve(name + ".bicepparam"), SUBSCRIPTION));
  }

  static Snapshot of(Path parameters, String subscription) {
    Answer answer = BicepCompiler.get().snapshot(parameters, subscription);
    if (answer.snapshot() == null) {
      throw new AssertionError(parameters + " is refused: " + answer.refusal());
    }
    return new Snapshot(answer.snapshot());
  }

  /** Why such parameters are refused. */
  static String refusal(String... parameters) {
    Answer answer = BicepCompiler.get().snapshot(generated("refused", parameters), SUBSCRIPTION);
    if (answer.refusal() == null) {
      throw new AssertionError("it is accepted: " + String.join(", ", parameters));
    }
    return answer.refusal();
  }

  /** The same, which has to name the variable of azd and the parameter. */
  static String refused(String variable, String parameter, String... parameters) {
    String message = refusal(parameters);
    assertThat(message).contains(variable, "(" + parameter + ")");
    return message;
  }

  /**
   * @param parameters such as {@code vnetEnabled = true}; what is not given is as in most variants
   */
  static Path generated(String name, String... parameters) {
    List<String> given = Arrays.asList(parameters);
    StringBuilder text = new StringBuilder("using '../../infra/main.bicep'\n");
    for (String usual : List.of("environmentName = 'courier'", "location = 'swedencentral'")) {
      String parameter = usual.substring(0, usual.indexOf('=') + 1);
      if (given.stream().noneMatch(own -> own.startsWith(parameter))) {
        text.append("param ").append(usual).append('\n');
      }
    }
    given.forEach(own -> text.append("param ").append(own).append('\n'));
    try {
      Files.createDirectories(GENERATED);
      return Files.writeString(GENERATED.resolve(name + ".bicepparam"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be written", e);
    }
  }

  List<JsonNode> resources() {
    return StreamSupport.stream(json.get("predictedResources").spliterator(), false).toList();
  }

  List<JsonNode> resources(String type) {
    return resources().stream()
        .filter(resource -> type.equals(resource.get("type").asText()))
        .toList();
  }

  JsonNode app() {
    return resources("Microsoft.Web/sites").get(0);
  }

  JsonNode settings() {
    return resources("Microsoft.Web/sites/config").get(0).get("properties");
  }

  JsonNode outputs() {
    return json.get("outputs");
  }

  boolean hasNetwork() {
    return !resources("Microsoft.Network/virtualNetworks").isEmpty();
  }

  /** What is the same in every name of an installation. */
  String token() {
    return app().get("name").asText().replace("func-", "");
  }

  /** The ids that something in it refers to, whether they are deployed or not. */
  List<String> references() {
    return REFERENCE
        .matcher(json.toString())
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  /** A text of the snapshot without what is the same everywhere or only known on Azure. */
  String plain(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll("$1.$2")
        .replaceAll("^\\[(.*)]$", "$1")
        .replace(
            "replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')",
            "privatelink.vaultcore.azure.net")
        .replaceAll(
            "format\\('([\\w.]+)\\.\\{0}', environment\\(\\)\\.suffixes\\.storage\\)",
            "$1.core.windows.net")
        .replaceAll("format\\('\\{0}/\\{1}', ([\\w.]+), '([^']+)'\\)", "$1/$2")
        .replaceAll("format\\('([^']*)\\{0}([^']*)', (/[^)]*)\\)", "$1$3$2")
        .replaceAll(
            "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/[^/]+/providers/Microsoft\\.", "")
        .replace(token(), "{token}");
  }
}
