package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that Azure accepts, in every variant of the installation: {@code mvn test -Pbicep}. */
@Tag("bicep")
class SnapshotNamesTest {
  private static final String ACCOUNT = "Microsoft.Storage/storageAccounts";
  private static final String NETWORK_NAME = "[A-Za-z0-9]([\\w.-]{0,62}\\w)?";

  /** Azure's naming rules ("Naming rules and restrictions for Azure resources"). */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("Microsoft.Resources/resourceGroups", "[\\w.()-]{0,89}[\\w()-]"),
          Map.entry(ACCOUNT, "[a-z0-9]{3,24}"),
          Map.entry(ACCOUNT + "/blobServices/containers", "(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*"),
          Map.entry(ACCOUNT + "/queueServices/queues", "(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*"),
          Map.entry(ACCOUNT + "/tableServices/tables", "[A-Za-z][A-Za-z0-9]{2,62}"),
          Map.entry("Microsoft.Web/sites", "[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]"),
          Map.entry("Microsoft.Web/serverfarms", "[A-Za-z0-9-]{1,60}"),
          Map.entry(
              "Microsoft.OperationalInsights/workspaces",
              "[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]"),
          Map.entry("Microsoft.Insights/components", ".{1,260}"),
          Map.entry("Microsoft.Insights/actionGroups", "[^:<>+/&%\\\\?|]{1,260}"),
          Map.entry("Microsoft.Insights/scheduledQueryRules", "[^*<>%:?+/#&{}\\\\]{1,260}"),
          Map.entry("Microsoft.ManagedIdentity/userAssignedIdentities", "[A-Za-z0-9][\\w-]{2,127}"),
          Map.entry("Microsoft.Network/virtualNetworks", NETWORK_NAME),
          Map.entry("Microsoft.Network/networkSecurityGroups", NETWORK_NAME),
          Map.entry("Microsoft.Network/privateEndpoints", NETWORK_NAME),
          Map.entry("Microsoft.Authorization/locks", ".{1,90}"));

  static List<String> variants() {
    return Snapshot.variants();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void names_areWithinAzuresLimitsAndDistinct(String variant) {
    Snapshot snapshot = Snapshot.of(variant);

    assertThat(snapshot.json().get("diagnostics")).isEmpty();
    assertThat(snapshot.resources())
        .extracting(resource -> resource.get("id").asText().toLowerCase(Locale.ROOT))
        .doesNotHaveDuplicates();
    for (JsonNode resource : snapshot.resources()) {
      String rule = NAMES.get(resource.get("type").asText());
      String name = resource.get("name").asText();
      if (rule != null && !name.startsWith("[")) {
        assertThat(name.substring(name.lastIndexOf('/') + 1)).matches(rule);
      }
    }
  }
}
