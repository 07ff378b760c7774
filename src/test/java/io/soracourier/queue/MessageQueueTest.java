package io.soracourier.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.models.QueueMessageItem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.azure.StoragePolicies;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.StorageException.Kind;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Azurite, with Microsoft's own client as the witness. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class MessageQueueTest {
  private final String name = "jobs-" + UUID.randomUUID();

  @Inject JobQueue messages;
  @Inject FaultyStorageProfile.Faulty storage;

  private QueueClient witness;

  @BeforeEach
  void forgetFaults() {
    storage.queues().reset();
    witness =
        new QueueClientBuilder()
            .connectionString(storage.account().connectionString())
            .queueName(name)
            .messageEncoding(QueueMessageEncoding.NONE)
            .buildClient();
  }

  @Test
  void queueMissing_isCreated() {
    messages.send(name, "task_1", Duration.ZERO);

    assertThat(witness.receiveMessage().getBody()).hasToString("task_1");
  }

  @Test
  void queueMissingThatMayNotBeCreated_isNamed() {
    storage
        .queues()
        .fail(
            seen -> seen.method().equals("PUT"), StorageFault.answer(403, "AuthorizationFailure"));

    assertThatThrownBy(() -> messages.send(name, "task_1", Duration.ZERO))
        .hasMessageStartingWith("Create Queue " + name + " failed: 403 AuthorizationFailure")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jobId\":\"task_1\",\"note\":\"<a & b> ]]> 'c'\"}",
        "line\r\nfeeds\rand\ttabs\n",
        "  spaces around  ",
        "\u00e4\u20ac\u2028\ufffd \ud83c\udfac",
        "&amp;&#13;",
        "dGFza18x",
        "\u0085\u007f\ud7ff\ue000"
      })
  void anyTextThatXmlCanCarry_arrivesAsItWas(String text) {
    messages.send(name, text, Duration.ZERO);

    assertThat(witness.receiveMessage().getBody().toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000", "\u001b[0m", "\ufffe", "\uffff", "half \ud83c pair"})
  void textThatXmlCannotCarry_isRejectedUnsent(String text) {
    assertThatThrownBy(() -> messages.send(name, text, Duration.ZERO))
        .hasMessageMatching(
            "(?s)Put Message jobs-\\S+ failed: the character U\\+[0-9A-F]{4} at index \\d+ cannot be"
                + " sent in XML; .*")
        .extracting("kind")
        .isEqualTo(Kind.REJECTED);
    assertThat(storage.queues().seen()).isEmpty();
  }

  @Test
  void longestMessage_isAccepted() {
    String longest = "<".repeat(MessageQueue.MAX_MESSAGE_BYTES);

    messages.send(name, longest, Duration.ZERO);

    assertThat(witness.receiveMessage().getBody()).hasToString(longest);
  }

  @Test
  void messageOverTheLimit_isTooLargeUnsent() {
    String text = "\u00e4".repeat(MessageQueue.MAX_MESSAGE_BYTES / 2) + "a";

    assertThatThrownBy(() -> messages.send(name, text, Duration.ZERO))
        .hasMessage(
            "Put Message " + name + " failed: 65537 bytes, and 64 KiB is the most; make it smaller")
        .extracting("kind")
        .isEqualTo(Kind.TOO_LARGE);
    assertThat(storage.queues().seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,0",
    "PT-5S,0",
    "PT0.000000001S,1",
    "PT1S,1",
    "PT59.5S,60",
    "P7D,604800",
    "P8D,604800",
    "PT2562047788015215H,604800"
  })
  void delay_isSentInWholeSecondsRoundedUpAndBounded(Duration delay, long seconds) {
    messages.send(name, "task_1", delay);

    assertThat(storage.queues().seen())
        .last()
        .satisfies(
            seen ->
                assertThat(seen.query())
                    .contains("visibilitytimeout=" + seconds)
                    .contains("messagettl=-1"));
  }

  @Test
  void delayedMessage_isNotSeenBeforeAndNeverExpires() {
    messages.send(name, "later", Duration.ofDays(7));
    messages.send(name, "now", Duration.ZERO);

    QueueMessageItem first = witness.receiveMessage();

    assertThat(first.getBody()).hasToString("now");
    assertThat(first.getExpirationTime()).isAfter(OffsetDateTime.now().plusYears(100));
    assertThat(witness.receiveMessage()).isNull();
    assertThat(witness.getProperties().getApproximateMessagesCount()).isEqualTo(2);
  }

  @Test
  void idOfTheMessage_isWhatTheQueueGaveIt() {
    Optional<String> id = messages.send(name, "task_1", Duration.ZERO);

    assertThat(id).hasValue(witness.receiveMessage().getMessageId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Sign in</html>",
        "<MessageId></MessageId>",
        "<MessageId>no-guid</MessageId>",
        "<MessageId>5974b586-0df3-4e2d-ad0c-18e3892bfca2&#10;x</MessageId>",
        "<MessageId>5974b586-0df3-4e2d-ad0c-18e3892bfca2",
        "{\"MessageId\":\"5974b586-0df3-4e2d-ad0c-18e3892bfca2\"}"
      })
  void idThatCannotBeRead_isAbsentAndTheMessageIsSentOnce(String body) {
    storage
        .queues()
        .fail(
            Seen::isPutMessage,
            StorageFault.foreign(201, Map.of("x-ms-request-id", "request-1"), body));

    assertThat(messages.send(name, "task_1", Duration.ZERO)).isEmpty();
    assertThat(storage.queues().seen(Seen::isPutMessage)).hasSize(1);
  }

  @Test
  void idBehindMoreThanIsRead_isAbsentAndTheMessageIsSentOnce() {
    String body =
        " ".repeat(20_000) + "<MessageId>5974b586-0df3-4e2d-ad0c-18e3892bfca2</MessageId>";
    storage
        .queues()
        .fail(
            Seen::isPutMessage,
            StorageFault.foreign(201, Map.of("x-ms-request-id", "request-1"), body));

    assertThat(messages.send(name, "task_1", Duration.ZERO)).isEmpty();
    assertThat(storage.queues().seen(Seen::isPutMessage)).hasSize(1);
  }

  @Test
  void responseThatIsCutAfterItsHead_leavesTheMessageSentOnce() {
    messages.send(name, "earlier", Duration.ZERO);
    storage.queues().fail(Seen::isPutMessage, StorageFault.cutAnswer());

    assertThat(messages.send(name, "task_1", Duration.ZERO)).isEmpty();
    assertThat(witness.getProperties().getApproximateMessagesCount()).isEqualTo(2);
  }

  @Test
  void length_isTheNumberOfMessagesSeenOrNot() {
    assertThat(messages.length(name)).as("of a queue that is missing").isZero();
    messages.send(name, "now", Duration.ZERO);
    messages.send(name, "later", Duration.ofHours(1));

    assertThat(messages.length(name)).isEqualTo(2);
    assertThat(storage.queues().seen())
        .last()
        .satisfies(
            seen -> assertThat(seen.method() + " " + seen.query()).isEqualTo("GET comp=metadata"));
  }

  @Test
  void lengthThatIsNotGiven_isAFailureAndNotZero() {
    assertLengthFails(StorageFault.answer(403, "AuthorizationPermissionMismatch"), Kind.DENIED);
    assertLengthFails(StorageFault.answer(503, "ServerBusy"), Kind.TRANSIENT);
    assertLengthFails(StorageFault.portal(404), Kind.FOREIGN);
    assertLengthFails(StorageFault.portal(200), Kind.FOREIGN);
    for (String count : new String[] {"", "many", "-1", "1.5"}) {
      assertLengthFails(
          StorageFault.foreign(
              200,
              Map.of("x-ms-request-id", "request-1", "x-ms-approximate-messages-count", count),
              ""),
          Kind.FOREIGN);
    }
  }

  private void assertLengthFails(StorageFault fault, Kind kind) {
    storage.queues().reset();
    storage.queues().failAlways(seen -> true, fault);

    assertThatThrownBy(() -> messages.length(name))
        .hasMessageStartingWith("Get Queue Metadata " + name + " failed: ")
        .extracting("kind")
        .isEqualTo(kind);
  }

  @Test
  void sendingAtItsSlowest_includesTheBodyOfTheResponse() {
    JobQueue withDefaults = new MessageQueue(null, StorageConfigs.DEFAULTS);
    Duration request = StoragePolicies.longest(StorageConfigs.DEFAULTS);
    Duration pause = StorageConfigs.DEFAULTS.readTimeout();

    assertThat(withDefaults.maxSendTime())
        .isEqualTo(request.multipliedBy(3).plus(pause.multipliedBy(2)));
  }

  @Test
  void queueServiceBusy_isRetried() {
    storage.queues().fail(seen -> true, StorageFault.answer(503, "ServerBusy"));
    storage.queues().fail(seen -> true, StorageFault.breakMidBody());

    messages.send(name, "task_1", Duration.ZERO);

    assertThat(storage.queues().seen()).hasSize(3 + 2);

    assertThat(witness.receiveMessage().getBody()).hasToString("task_1");
  }
}
