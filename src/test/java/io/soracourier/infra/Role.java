package io.soracourier.infra;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The built-in roles that the template may give, with their ids and the actions and data actions
 * that matter here, as Microsoft lists them (built-in roles for Storage, Monitor, and AI).
 */
enum Role {
  STORAGE_BLOB_DATA_OWNER("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "containers/*", "blobs/*"),
  STORAGE_BLOB_DATA_CONTRIBUTOR(
      "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
      "containers/delete",
      "containers/read",
      "containers/write",
      "blobs/delete",
      "blobs/read",
      "blobs/write",
      "blobs/move/action",
      "blobs/add/action"),
  STORAGE_BLOB_DATA_READER("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "containers/read", "blobs/read"),
  STORAGE_BLOB_DELEGATOR(
      "db58b8e5-c6ad-4a2a-8341-1190687cb4bf", "generateUserDelegationKey/action"),
  STORAGE_QUEUE_DATA_CONTRIBUTOR(
      "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
      "queues/delete",
      "queues/read",
      "queues/write",
      "messages/delete",
      "messages/read",
      "messages/write",
      "messages/process/action"),
  STORAGE_QUEUE_DATA_READER("19e7f393-937e-4f77-808e-94535e297925", "queues/read", "messages/read"),
  STORAGE_QUEUE_DATA_MESSAGE_PROCESSOR(
      "8a0f0c08-91a1-4084-bc3d-661d67233fed", "messages/read", "messages/process/action"),
  STORAGE_QUEUE_DATA_MESSAGE_SENDER("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "messages/add/action"),
  STORAGE_TABLE_DATA_CONTRIBUTOR(
      "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
      "tables/delete",
      "tables/read",
      "tables/write",
      "entities/delete",
      "entities/read",
      "entities/write",
      "entities/add/action",
      "entities/update/action"),
  KEY_VAULT_SECRETS_USER(
      "4633458b-17de-408a-b874-0445c86b69e6",
      "secrets/getSecret/action",
      "secrets/readMetadata/action"),
  MONITORING_METRICS_PUBLISHER("3913510d-42f4-4e42-8a64-420c390055eb", "telemetry/write"),
  COGNITIVE_SERVICES_DATA_READER("b59867f0-fa02-499b-be73-45a86b5b3e1c", "OpenAI/*/read"),
  COGNITIVE_SERVICES_OPEN_A_I_USER("5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", "OpenAI/*/read");

  final String id;
  private final List<String> actions;

  Role(String id, String... actions) {
    this.id = id;
    this.actions = List.of(actions);
  }

  /** By the template's name for it, such as {@code storageBlobDataOwner}. */
  static Role named(String bicepName) {
    return valueOf(bicepName.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
  }

  static Role of(String id) {
    return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst().orElseThrow();
  }

  String bicepName() {
    return Pattern.compile("_(\\w)")
        .matcher(name().toLowerCase(Locale.ROOT))
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  boolean allows(String action) {
    return actions.stream()
        .anyMatch(
            mine ->
                mine.equals(action)
                    || (mine.endsWith("/*")
                        && action.startsWith(mine.substring(0, mine.length() - 1))));
  }
}
