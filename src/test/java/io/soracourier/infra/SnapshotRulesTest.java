package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in every variant of the installation: {@code mvn test -Pbicep}. */
@Tag("bicep")
class SnapshotRulesTest {
  private static final String ACCOUNT = "Microsoft.Storage/storageAccounts";
  private static final String ROLE = "Microsoft.Authorization/roleAssignments";
  private static final String ENDPOINT = "Microsoft.Network/privateEndpoints";

  static List<String> variants() {
    return Snapshot.variants();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void nothing_refersToWhatItsVariantDoesNotCreate(String variant) {
    Snapshot snapshot = Snapshot.of(variant);
    Set<String> created =
        snapshot.resources().stream()
            .map(resource -> resource.get("id").asText().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    assertThat(snapshot.references())
        .isNotEmpty()
        .filteredOn(id -> id.contains(Snapshot.SUBSCRIPTION))
        .allMatch(id -> created.contains(id.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void nothing_asksForAKeyOrTakesOne(String variant) {
    Snapshot snapshot = Snapshot.of(variant);

    assertThat(snapshot.json().toString().toLowerCase(Locale.ROOT))
        .doesNotContain("listkeys", "listaccountsas", "listsecrets", "getsecret", "accountkey");
    for (JsonNode account : snapshot.resources(ACCOUNT)) {
      assertThat(account.at("/properties/allowSharedKeyAccess").asBoolean(true)).isFalse();
      assertThat(account.at("/properties/allowBlobPublicAccess").asBoolean(true)).isFalse();
      assertThat(account.at("/properties/minimumTlsVersion").asText()).isEqualTo("TLS1_2");
      assertThat(account.at("/properties/supportsHttpsTrafficOnly").asBoolean()).isTrue();
    }
    assertThat(snapshot.app().at("/properties/httpsOnly").asBoolean()).isTrue();
    assertThat(snapshot.app().at("/properties/siteConfig/minTlsVersion").asText()).isEqualTo("1.2");
    assertThat(snapshot.resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies"))
        .hasSize(2)
        .allMatch(policy -> !policy.at("/properties/allow").asBoolean(true));
    assertThat(snapshot.settings().path("AZURE_OPENAI_API_KEY").asText("none"))
        .matches("none|@Microsoft\\.KeyVault\\(SecretUri=https://[^)]+\\)");
  }

  /** A reference to a secret is resolved as an identity that the app has. */
  @ParameterizedTest
  @MethodSource("variants")
  void app_runsTheNativeExecutableAsItsOneIdentity(String variant) {
    JsonNode properties = Snapshot.of(variant).app().get("properties");
    JsonNode identities = Snapshot.of(variant).app().at("/identity/userAssignedIdentities");

    assertThat(properties.at("/functionAppConfig/runtime/name").asText()).isEqualTo("custom");
    assertThat(identities.properties()).hasSize(1);
    assertThat(identities.has(properties.get("keyVaultReferenceIdentity").asText())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void deletedVideos_canBeRestored(String variant) {
    assertThat(Snapshot.of(variant).resources(ACCOUNT + "/blobServices"))
        .isNotEmpty()
        .allMatch(blobs -> blobs.at("/properties/deleteRetentionPolicy/days").asInt() == 7)
        .allMatch(
            blobs -> blobs.at("/properties/containerDeleteRetentionPolicy/days").asInt() == 7);
  }

  /** A deployment deletes no rule of an earlier one: it has to say that the rule is off. */
  @ParameterizedTest
  @MethodSource("variants")
  void ruleThatDeletesVideos_isWrittenByEveryDeployment(String variant) {
    assertThat(Snapshot.of(variant).resources(ACCOUNT + "/managementPolicies"))
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.at("/properties/policy/rules")).hasSize(1);
              JsonNode rule = policy.at("/properties/policy/rules/0");
              assertThat(rule.get("enabled").asBoolean(true))
                  .isEqualTo(variant.contains("retention") || variant.equals("everything"));
              assertThat(
                      rule.at("/definition/actions/baseBlob/delete/daysAfterCreationGreaterThan")
                          .asInt())
                  .isPositive();
              assertThat(rule.at("/definition/filters/prefixMatch/0").asText()).endsWith("/");
            });
  }

  @ParameterizedTest
  @MethodSource("variants")
  void storage_isClosedExactlyWhereThereIsANetwork(String variant) {
    Snapshot snapshot = Snapshot.of(variant);
    String access = snapshot.hasNetwork() ? "Disabled" : "Enabled";

    assertThat(snapshot.resources(ACCOUNT))
        .allMatch(account -> account.at("/properties/publicNetworkAccess").asText().equals(access))
        .allMatch(
            account ->
                account
                    .at("/properties/networkAcls/defaultAction")
                    .asText()
                    .equals(snapshot.hasNetwork() ? "Deny" : "Allow"));
    assertThat(snapshot.app().at("/properties/virtualNetworkSubnetId").isTextual())
        .isEqualTo(snapshot.hasNetwork());
    for (JsonNode network : snapshot.resources("Microsoft.Network/virtualNetworks")) {
      assertThat(network.at("/properties/subnets"))
          .hasSize(2)
          .allMatch(subnet -> subnet.at("/properties/networkSecurityGroup").has("id"));
    }
  }

  /**
   * One for each service that an app behind a closed door talks to, and none that leads nowhere.
   */
  @ParameterizedTest
  @MethodSource("variants")
  void privateEndpoints_leadToEveryAccountAndVaultOfTheApp(String variant) {
    Snapshot snapshot = Snapshot.of(variant);
    Stream<String> storage =
        snapshot.resources(ACCOUNT).stream()
            .map(account -> account.get("id").asText())
            .flatMap(
                id ->
                    id.contains("/sth")
                        ? Stream.of(id + " blob")
                        : Stream.of(id + " blob", id + " queue", id + " table"));
    Stream<String> others =
        snapshot.resources(ROLE).stream()
            .map(role -> role.get("id").asText())
            .flatMap(
                id ->
                    ProjectFile.all(
                        id,
                        "'(/[^']+/(?i:Microsoft.CognitiveServices/accounts|Microsoft.KeyVault/vaults)/[^/']+)'")
                        .stream())
            .map(id -> id + (id.contains("vaults") ? " vault" : " account"));

    assertThat(
            snapshot.resources(ENDPOINT).stream()
                .map(
                    endpoint ->
                        endpoint.at("/properties/privateLinkServiceConnections/0/properties"))
                .map(
                    target ->
                        target.get("privateLinkServiceId").asText()
                            + " "
                            + target.at("/groupIds/0").asText())
                .map(target -> target.toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(
            snapshot.hasNetwork()
                ? Stream.concat(storage, others)
                    .map(target -> target.toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList()
                : List.of());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void endpointOfTheOutput_isTheOneThatTheAppAsks(String variant) {
    Snapshot snapshot = Snapshot.of(variant);

    assertThat(snapshot.plain(snapshot.outputs().get("AZURE_OPENAI_ENDPOINT").asText()))
        .isNotBlank()
        .isEqualTo(snapshot.plain(snapshot.settings().get("AZURE_OPENAI_ENDPOINT").asText()));
  }
}
