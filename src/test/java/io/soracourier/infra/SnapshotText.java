package io.soracourier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A deployment in lines that a person can check: what is created, who may what, what is set. */
final class SnapshotText {
  private static final String ASSIGNMENT = "Microsoft.Authorization/roleAssignments";

  /** Whose names and number are a matter of its own: the rules have a test of theirs. */
  private static final String RULE = "Microsoft.Insights/scheduledQueryRules";

  private static final Pattern SCOPE = Pattern.compile("extensionResourceId\\('([^']+)'");

  private SnapshotText() {}

  static Set<String> lines(Snapshot snapshot) {
    return Stream.of(
            snapshot.resources().stream()
                .filter(resource -> !List.of(ASSIGNMENT, RULE).contains(type(resource)))
                .map(resource -> resource(snapshot, resource)),
            snapshot.resources(ASSIGNMENT).stream().map(role -> role(snapshot, role)),
            snapshot.settings().properties().stream()
                .map(
                    setting ->
                        "setting %s = %s"
                            .formatted(
                                setting.getKey(), snapshot.plain(setting.getValue().asText()))),
            snapshot.resources("Microsoft.Storage/storageAccounts").stream()
                .map(account -> storage(snapshot, account)),
            snapshot.resources("Microsoft.Storage/storageAccounts/managementPolicies").stream()
                .map(policy -> expiry(snapshot, policy)),
            snapshot.resources("Microsoft.Network/virtualNetworks").stream()
                .flatMap(network -> network.at("/properties/subnets").valueStream())
                .map(SnapshotText::subnet),
            Stream.of(
                "output AZURE_OPENAI_ENDPOINT = "
                    + snapshot.plain(snapshot.outputs().get("AZURE_OPENAI_ENDPOINT").asText()),
                "scale " + snapshot.app().at("/properties/functionAppConfig/scaleAndConcurrency")))
        .flatMap(lines -> lines)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String resource(Snapshot snapshot, JsonNode resource) {
    String name =
        resource.get("name").asText().startsWith("[") && resource.has("scope")
            ? resource.get("id").asText()
            : resource.get("name").asText();
    return "resource %s %s".formatted(type(resource), snapshot.plain(name));
  }

  private static String storage(Snapshot snapshot, JsonNode account) {
    return "storage %s is %s and lets in %s"
        .formatted(
            snapshot.plain(account.get("name").asText()),
            account.at("/sku/name").asText(),
            account.at("/properties/networkAcls/bypass").asText());
  }

  private static String expiry(Snapshot snapshot, JsonNode policy) {
    JsonNode rule = policy.at("/properties/policy/rules/0");
    String account = snapshot.plain(policy.get("name").asText()).split("/")[0];
    return rule.get("enabled").asBoolean()
        ? "storage %s deletes %s after %s days"
            .formatted(
                account,
                rule.at("/definition/filters/prefixMatch/0").asText(),
                rule.at("/definition/actions/baseBlob/delete/daysAfterCreationGreaterThan")
                    .asText())
        : "storage %s deletes nothing".formatted(account);
  }

  private static String subnet(JsonNode subnet) {
    JsonNode outbound = subnet.at("/properties/defaultOutboundAccess");
    return "subnet %s is %s%s"
        .formatted(
            subnet.get("name").asText(),
            subnet.at("/properties/addressPrefix").asText(),
            outbound.isBoolean() && !outbound.asBoolean() ? ", without outbound access" : "");
  }

  private static String role(Snapshot snapshot, JsonNode assignment) {
    JsonNode properties = assignment.get("properties");
    String principal = snapshot.plain(properties.get("principalId").asText());
    return "role %s for %s (%s) on %s"
        .formatted(
            roleName(properties.get("roleDefinitionId").asText()),
            principal.endsWith("id-{token}.principalId") ? "the app" : principal,
            properties.get("principalType").asText(),
            snapshot.plain(scope(assignment)));
  }

  private static String scope(JsonNode assignment) {
    String id = assignment.get("id").asText();
    Matcher matcher = SCOPE.matcher(id);
    return matcher.find() ? matcher.group(1) : id.split("/providers/" + ASSIGNMENT)[0];
  }

  private static String roleName(String definition) {
    String id = definition.substring(definition.lastIndexOf('/') + 1);
    return Arrays.stream(Role.values())
        .filter(role -> role.id.equals(id))
        .map(Role::name)
        .findFirst()
        .orElse(id);
  }

  private static String type(JsonNode resource) {
    return resource.get("type").asText();
  }
}
