package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each variant of the installation deploys, evaluated by the Bicep compiler: {@code mvn test
 * -Pbicep}. The comments of src/test/bicep/default.bicepparam list all of it, those of the other
 * files what they have more and less.
 */
@Tag("bicep")
class SnapshotsTest {
  private static final String DEFAULT = "default";
  private static final String OTHER_SUBSCRIPTION = "55555555-5555-5555-5555-555555555555";

  /** Names that nobody else on Azure may have. */
  private static final Set<String> GLOBALLY_UNIQUE =
      Set.of("Microsoft.Storage/storageAccounts", "Microsoft.Web/sites");

  static List<String> variants() {
    return Snapshot.variants();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void variant_deploysWhatItsFileSays(String variant) {
    Set<String> expected = new TreeSet<>();
    if (!variant.equals(DEFAULT)) {
      expected.addAll(comments(DEFAULT, ""));
      expected.removeAll(comments(variant, "- "));
    }
    expected.addAll(comments(variant, variant.equals(DEFAULT) ? "" : "\\+ "));

    Set<String> deployed = SnapshotText.lines(Snapshot.of(variant));

    assertThat(difference(deployed, expected))
        .as("%s: + is deployed and not in the file, - the other way round", variant)
        .isEmpty();
  }

  /** A change of a name would make a second resource beside the one that holds the videos. */
  @Test
  void names_areThoseOfEarlierVersions() {
    Snapshot snapshot = Snapshot.of("account-closed");

    assertThat(snapshot.token()).isEqualTo("fa4hatdzcjvps");
    assertThat(SnapshotText.lines(snapshot))
        .contains(
            "resource Microsoft.Storage/storageAccounts st{token}",
            "resource Microsoft.Storage/storageAccounts sth{token}",
            "resource Microsoft.ManagedIdentity/userAssignedIdentities id-{token}",
            "resource Microsoft.Web/sites func-{token}",
            "resource Microsoft.Web/serverfarms plan-{token}",
            "resource Microsoft.OperationalInsights/workspaces log-{token}",
            "resource Microsoft.Insights/components appi-{token}",
            "resource Microsoft.Network/virtualNetworks vnet-{token}",
            "resource Microsoft.Network/privateEndpoints pe-st{token}-blob",
            "resource Microsoft.Network/privateEndpoints pe-st{token}-queue",
            "resource Microsoft.Network/privateEndpoints pe-st{token}-table",
            "resource Microsoft.Network/privateEndpoints pe-sth{token}-blob",
            "resource Microsoft.Network/privateEndpoints pe-contoso-sora");
  }

  @Test
  void twoEnvironments_shareNoName() {
    List<Snapshot> environments =
        List.of(
            Snapshot.of("everything"),
            environment("other-name", Snapshot.SUBSCRIPTION, "environmentName = 'courier-2'"),
            environment("other-region", Snapshot.SUBSCRIPTION, "location = 'eastus2'"),
            environment("other-subscription", OTHER_SUBSCRIPTION));

    for (Snapshot one : environments) {
      for (Snapshot other : environments) {
        if (one != other) {
          assertThat(uniqueNames(one)).doesNotContainAnyElementsOf(uniqueNames(other));
        }
      }
    }
    assertThat(ids(environments.get(0)))
        .as("with another name or in another subscription")
        .doesNotContainAnyElementsOf(ids(environments.get(1)))
        .doesNotContainAnyElementsOf(ids(environments.get(3)));
  }

  /** What Azure Resource Manager finds of a rule once the workspace exists. */
  @ParameterizedTest
  @MethodSource("variants")
  void rules_areAllThereWithEveryWordFilledIn(String variant) {
    List<JsonNode> rules = Snapshot.of(variant).resources("Microsoft.Insights/scheduledQueryRules");

    assertThat(rules)
        .extracting(rule -> rule.get("name").asText().replace("courier-", ""))
        .containsExactlyInAnyOrderElementsOf(Template.alerts());
    for (JsonNode rule : rules) {
      JsonNode criterion = rule.at("/properties/criteria/allOf/0");
      String query = criterion.get("query").asText();
      assertThat(query).as("%s", rule.get("name")).isNotBlank().doesNotContain("{{", "}}");
      for (JsonNode dimension : criterion.get("dimensions")) {
        assertThat(query).containsPattern("\\b" + dimension.get("name").asText() + "\\b");
      }
    }
    assertThat(Snapshot.of(variant).resources("Microsoft.Insights/workbooks"))
        .singleElement()
        .satisfies(workbook -> assertThat(workbook.toString()).doesNotContain("{{"));
  }

  private static Snapshot environment(String name, String subscription, String... parameters) {
    Path file =
        Snapshot.generated(
            name,
            Stream.concat(
                    Stream.of("endpoint = 'https://videos.example.com/v1'", "vnetEnabled = true"),
                    Stream.of(parameters))
                .toArray(String[]::new));
    return Snapshot.of(file, subscription);
  }

  private static Set<String> uniqueNames(Snapshot snapshot) {
    return GLOBALLY_UNIQUE.stream()
        .flatMap(type -> snapshot.resources(type).stream())
        .map(resource -> resource.get("name").asText())
        .collect(Collectors.toSet());
  }

  private static Set<String> ids(Snapshot snapshot) {
    return snapshot.resources().stream()
        .map(resource -> resource.get("id").asText())
        .collect(Collectors.toSet());
  }

  private static Set<String> comments(String variant, String mark) {
    return ProjectFile.read("src/test/bicep/" + variant + ".bicepparam")
        .all("^// " + mark + "((?:resource|role|setting|output|scale|storage|subnet) .*)$");
  }

  private static List<String> difference(Set<String> deployed, Set<String> expected) {
    return Stream.concat(
            deployed.stream().filter(line -> !expected.contains(line)).map(line -> "+ " + line),
            expected.stream().filter(line -> !deployed.contains(line)).map(line -> "- " + line))
        .toList();
  }
}
