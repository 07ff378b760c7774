package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.infra.Operation.Caller;
import io.soracourier.infra.Template.Assignment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The app may do all that it does, and is given nothing beyond. */
class RolesTest {
  private static final Set<String> APP = Set.of("appPrincipalId", "principalId");

  @ParameterizedTest
  @EnumSource(Operation.class)
  void operation_isAllowedOnEveryScopeThatMayHoldItsTarget(Operation operation) {
    for (String scope : operation.target.scopes) {
      assertThat(rolesOfTheAppOn(scope))
          .as("roles on %s, one of which allows %s", scope, operation)
          .anyMatch(operation::isAllowedBy);
    }
  }

  @Test
  void roleOfTheApp_isNeededByAnOperation() {
    for (Assignment assignment : appAssignments()) {
      assertThat(Operation.values())
          .as("operations that need %s", assignment)
          .anyMatch(
              operation ->
                  operation.target.scopes.contains(assignment.scope())
                      && operation.isAllowedBy(Role.named(assignment.role())));
    }
  }

  @Test
  void storageOperationOfTheCode_isInTheTable() throws ReflectiveOperationException {
    assertThat(methods("io.soracourier.blob.BlobApi"))
        .isEqualTo(Operation.methodsOf(Caller.BLOB_API));
    assertThat(methods("io.soracourier.blob.BlobServiceApi"))
        .isEqualTo(Operation.methodsOf(Caller.BLOB_SERVICE_API));
    assertThat(methods("io.soracourier.blob.BlockClient"))
        .isEqualTo(Operation.methodsOf(Caller.BLOCK_CLIENT));
    assertThat(methods("io.soracourier.queue.QueueApi"))
        .isEqualTo(Operation.methodsOf(Caller.QUEUE_API));
    assertThat(methods("io.soracourier.table.TableApi"))
        .isEqualTo(Operation.methodsOf(Caller.TABLE_API));
  }

  @Test
  void roleIds_areTheBuiltInOnes() {
    Map<String, String> expected =
        Template.roles().keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> Role.named(name).id));

    assertThat(Template.roles()).isEqualTo(expected);
    assertThat(Role.values())
        .as("roles that nobody is given")
        .allMatch(role -> Template.text().contains(role.id));
  }

  /** Whatever role is given on the account, reading is what the app needs of it. */
  @ParameterizedTest
  @EnumSource(names = {"COGNITIVE_SERVICES_DATA_READER", "COGNITIVE_SERVICES_OPEN_A_I_USER"})
  void roleThatIsOfferedForTheModel_allowsReadingVideos(Role role) {
    assertThat(Operation.READ_VIDEO_SERVICE.isAllowedBy(role)).isTrue();
    assertThat(ProjectFile.read("docs/concepts/security.md").text()).contains(role.id);
  }

  @Test
  void deployer_mayOnlyEnqueueReadAndReplay() {
    Set<String> granted =
        Template.assignments().values().stream()
            .filter(assignment -> assignment.principal().equals("deployerPrincipalId"))
            .map(assignment -> assignment.role() + " on " + assignment.scope())
            .collect(Collectors.toSet());

    assertThat(granted)
        .containsExactlyInAnyOrder(
            "storageQueueDataMessageSender on videoAccount::queues::jobs",
            "storageQueueDataReader on allQueues[i]",
            "storageQueueDataMessageProcessor on videoAccount::queues::outcomes",
            "storageQueueDataMessageProcessor on videoAccount::queues::poison",
            "storageBlobDataReader on videoAccount::blobs::videos");
  }

  @Test
  void everyAssignment_isRead() {
    assertThat(Template.assignments())
        .as("as many as the template has: the test must not overlook one")
        .hasSize(Template.text().split("roleAssignments@").length - 1);
  }

  private static List<Assignment> appAssignments() {
    return Template.assignments().values().stream()
        .filter(assignment -> APP.contains(assignment.principal()))
        .toList();
  }

  private static List<Role> rolesOfTheAppOn(String scope) {
    return appAssignments().stream()
        .filter(assignment -> assignment.scope().equals(scope))
        .map(assignment -> Role.named(assignment.role()))
        .toList();
  }

  private static Set<String> methods(String type) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(type).getDeclaredMethods())
        .filter(method -> (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0)
        .map(Method::getName)
        .filter(name -> !name.equals("close"))
        .collect(Collectors.toSet());
  }
}
