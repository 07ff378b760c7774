package io.soracourier.sora;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Hosts of which is known what they serve where. Names are in lower case. */
final class KnownHosts {
  /**
   * Where Azure OpenAI and Foundry accounts are: in the public cloud, in Azure Government, and in
   * Azure operated by 21Vianet. Nobody else has names below these.
   *
   * <p>Sources: the private DNS zones of Azure's services; azure-sdk-for-js, the audiences of
   * Cognitive Services.
   */
  private static final List<String> AZURE =
      Stream.of("com", "us", "cn")
          .flatMap(
              cloud ->
                  Stream.of("openai", "cognitiveservices", "services.ai")
                      .map(service -> "." + service + ".azure." + cloud))
          .toList();

  /** With those of its regions, {@code eu.api.openai.com}. */
  private static final String OPENAI = ".api.openai.com";

  /** Anybody's gateways of API Management: no token goes there unasked. */
  private static final String API_MANAGEMENT = ".azure-api.net";

  /**
   * The base path of providers whose videos are there and nowhere else.
   *
   * <p>Sources: OpenRouterTeam/typescript-sdk and togethercomputer/openapi, the servers that their
   * OpenAPI documents name for videos; vercel/ai, the video model of xAI.
   */
  private static final Map<String, String> BASE_PATHS =
      Map.of(
          "openrouter.ai", "/api/v1",
          "api.x.ai", "/v1",
          "api.together.ai", "/v2",
          "api.together.xyz", "/v2");

  private KnownHosts() {}

  static boolean isAzure(String host) {
    return AZURE.stream().anyMatch(host::endsWith);
  }

  static boolean isOpenAi(String host) {
    return ("." + host).endsWith(OPENAI);
  }

  static boolean isApiManagement(String host) {
    return host.endsWith(API_MANAGEMENT);
  }

  static Optional<String> basePath(String host) {
    return Optional.ofNullable(BASE_PATHS.get(host));
  }
}
