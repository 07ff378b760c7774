package io.soracourier.infra;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the app does to Azure's services, where, and which actions each service asks for it: the
 * table that the roles are held against. An operation needs one of its actions (Microsoft's
 * "Permissions for calling data operations").
 */
enum Operation {
  // The courier's, named as the methods of its storage interfaces.
  PUT_BLOCK(Caller.BLOCK_CLIENT, "putBlock", Target.VIDEOS, "blobs/write"),
  PUT_BLOCK_LIST(Caller.BLOB_API, "putBlockList", Target.VIDEOS, "blobs/write"),
  PUT_BLOB(Caller.BLOCK_CLIENT, "putBlob", Target.VIDEOS, "blobs/write"),
  GET_BLOB_PROPERTIES(Caller.BLOB_API, "getBlobProperties", Target.VIDEOS, "blobs/read"),
  GET_BLOB(Caller.BLOB_API, "getBlob", Target.VIDEOS, "blobs/read"),
  GET_BLOCK_LIST(Caller.BLOB_API, "getBlockList", Target.VIDEOS, "blobs/read"),
  CREATE_CONTAINER(Caller.BLOB_API, "createContainer", Target.VIDEOS, "containers/write"),
  GET_USER_DELEGATION_KEY(
      Caller.BLOB_SERVICE_API,
      "getUserDelegationKey",
      Target.VIDEO_ACCOUNT,
      "generateUserDelegationKey/action"),
  PUT_MESSAGE(Caller.QUEUE_API, "putMessage", Target.JOBS, "messages/add/action", "messages/write"),
  CREATE_QUEUE(Caller.QUEUE_API, "createQueue", Target.JOBS, "queues/write"),
  CREATE_TABLE(Caller.TABLE_API, "createTable", Target.RECORDS, "tables/write"),
  INSERT_ENTITY(
      Caller.TABLE_API, "insertEntity", Target.RECORDS, "entities/add/action", "entities/write"),
  GET_ENTITY(Caller.TABLE_API, "getEntity", Target.RECORDS, "entities/read"),
  UPDATE_ENTITY(
      Caller.TABLE_API, "updateEntity", Target.RECORDS, "entities/update/action", "entities/write"),
  DELETE_ENTITY(Caller.TABLE_API, "deleteEntity", Target.RECORDS, "entities/delete"),
  QUERY_ENTITIES(Caller.TABLE_API, "queryEntities", Target.RECORDS, "entities/read"),
  COUNT_JOBS(Caller.QUEUE_API, "getQueueMetadata", Target.JOBS, "queues/read"),
  COUNT_POISON(Caller.QUEUE_API, "getQueueMetadata", Target.POISON, "queues/read"),
  READ_VIDEO_SERVICE(Caller.COURIER, "GET", Target.MODEL, "OpenAI/*/read"),

  // The platform's, in our name, for the reference in AZURE_OPENAI_API_KEY.
  GET_SECRET(Caller.PLATFORM, "getSecret", Target.KEY, "secrets/getSecret/action"),

  // The Functions host's, in our name.
  GET_QUEUE_METADATA(Caller.HOST, "getQueueMetadata", Target.JOBS, "queues/read"),
  PEEK_MESSAGES(Caller.HOST, "peekMessages", Target.JOBS, "messages/read"),
  GET_MESSAGES(Caller.HOST, "getMessages", Target.JOBS, "messages/process/action"),
  UPDATE_MESSAGE(Caller.HOST, "updateMessage", Target.JOBS, "messages/write"),
  DELETE_MESSAGE(
      Caller.HOST, "deleteMessage", Target.JOBS, "messages/process/action", "messages/delete"),
  SEND_OUTCOME(Caller.HOST, "putMessage", Target.OUTCOMES, "messages/add/action", "messages/write"),
  POISON(Caller.HOST, "putMessage", Target.POISON, "messages/add/action", "messages/write"),
  LEASE_LOCK(Caller.HOST, "leaseBlob", Target.HOST_STORAGE, "blobs/write"),
  READ_PACKAGE(Caller.HOST, "getBlob", Target.HOST_STORAGE, "blobs/read"),
  CREATE_HOST_CONTAINER(Caller.HOST, "createContainer", Target.HOST_STORAGE, "containers/write"),
  SEND_TELEMETRY(Caller.HOST, "track", Target.TELEMETRY, "telemetry/write");

  enum Caller {
    BLOB_API,
    BLOB_SERVICE_API,
    BLOCK_CLIENT,
    QUEUE_API,
    TABLE_API,
    COURIER,
    PLATFORM,
    HOST
  }

  /** What is acted upon, and the template's words for the scopes that contain it. */
  enum Target {
    VIDEOS("videoAccount::blobs::videos"),
    VIDEO_ACCOUNT("videoAccount"),
    JOBS("videoAccount::queues::jobs"),
    OUTCOMES("videoAccount::queues::outcomes"),
    POISON("videoAccount::queues::poison"),
    RECORDS("videoAccount::tables::jobs"),
    HOST_STORAGE("hostAccount", "hostContainers[i]"),
    TELEMETRY("component"),
    MODEL("account"),
    KEY("vault");

    final Set<String> scopes;

    Target(String... scopes) {
      this.scopes = Set.of(scopes);
    }
  }

  final Caller caller;
  final String method;
  final Target target;
  private final List<String> actions;

  Operation(Caller caller, String method, Target target, String... actions) {
    this.caller = caller;
    this.method = method;
    this.target = target;
    this.actions = List.of(actions);
  }

  boolean isAllowedBy(Role role) {
    return actions.stream().anyMatch(role::allows);
  }

  static Set<String> methodsOf(Caller caller) {
    return Arrays.stream(values())
        .filter(operation -> operation.caller == caller)
        .map(operation -> operation.method)
        .collect(Collectors.toSet());
  }
}
