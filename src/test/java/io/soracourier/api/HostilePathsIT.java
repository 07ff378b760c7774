package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.LocalStack;
import io.soracourier.simulator.SimulatedJob;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Paths that are not what they seem, sent to the packaged app through its host, which checks the
 * key for one path and forwards another.
 */
class HostilePathsIT {
  /** An invocation, which only the host may make. */
  private static final String INVOCATION = "{\"Data\":{\"job\":\"dGFza18x\"},\"Metadata\":{}}";

  /** After {@code /api/diagnose/}, and from the root. */
  private static final List<String> ENDINGS =
      List.of(
          "..%5C",
          "..%5C..%5C",
          "..%5C..%5CCopyVideo",
          "..%5c..%5c..%5cCopyVideo",
          "..%5C..%5CDiagnose",
          "..%5Cdiagnose%5C{id}",
          "..%5Chealth",
          "..%5CJOBS",
          "..%5Cjobs%5C{id}",
          "..%5C..%5C%41pi%5Cdiagnose%5C{id}",
          "%2e%2e/{id}",
          "%2e%2e%2f%2e%2e%2fCopyVideo",
          "%252e%252e%5C%252e%252e%5CCopyVideo",
          "%2e%2e/%2e%2e/CopyVideo",
          "../../CopyVideo",
          "../diagnose/{id}",
          ".%2F{id}",
          "%2F{id}",
          "%5C{id}",
          "x%5C..%5C{id}",
          "{id}%2F..%2F..",
          "{id};a=b",
          "{id}%3Fa=b",
          "{id}%23",
          "{id}%00",
          "{id}%0D%0AX-Injected:%201",
          "%253A",
          "%25",
          "%C3%28",
          "/{id}",
          "//CopyVideo",
          "x".repeat(4_000),
          "%3C".repeat(2_500),
          "..%5C".repeat(1_500));

  private static final List<String> FROM_THE_ROOT =
      List.of(
          "/CopyVideo",
          "//CopyVideo",
          "/api",
          "/api/",
          "/api/CopyVideo",
          "//api//diagnose//{id}",
          "/api/../CopyVideo",
          "/api%2Fdiagnose%2F{id}",
          "/API/DIAGNOSE/..%5C..%5CCopyVideo",
          "/api/jobs/..%5C..%5CCopyVideo",
          "/api/videos/..%5C..%5CCopyVideo",
          "/admin/functions/CopyVideo");

  @AutoClose private static LocalStack stack;
  private static SimulatedJob job;
  private static int port;

  @BeforeAll
  static void start() {
    stack = LocalStack.builder().setting("COURIER_GRACE", "1s").start();
    job = stack.simulator().sora1Job().prompt("a prompt that is nobody's business").add();
    port = URI.create(stack.host().url()).getPort();
  }

  @Test
  void withoutTheRightKey_nothingWithDataIsReadableAndNothingFails() {
    stack.simulator().forgetRequests();

    for (String target : targets()) {
      for (String key : new String[] {"Accept: */*", "x-functions-key: wrong-key"}) {
        for (RawCall response : calls(target, key)) {
          assertThat(response.status()).as(target).isBetween(400, 499);
          assertNothingIsShown(target, response);
        }
      }
      for (RawCall response : calls(target + "?code=wrong-key", "Accept: */*")) {
        assertThat(response.status()).as(target).isBetween(400, 499);
        assertNothingIsShown(target, response);
      }
    }

    assertThat(stack.simulator().requests()).isEmpty();
    assertThat(stack.invocations()).isEmpty();
  }

  @Test
  void withTheRightKey_nothingFailsAndNoFunctionIsInvoked() {
    String key = "x-functions-key: " + stack.host().functionKey();

    for (String target : targets()) {
      List<RawCall> responses = new ArrayList<>(calls(target, key));
      responses.addAll(calls(target + "?code=" + stack.host().functionKey(), "Accept: */*"));
      for (RawCall response : responses) {
        assertThat(response.status()).as(target).isBetween(200, 499);
        assertThat(response.toString())
            .as(target)
            .doesNotContain("Outputs", "no such function", stack.host().functionKey());
        assertThat(response.header("X-Injected")).as(target).isNull();
        if (response.status() >= 400 && response.header("X-Content-Type-Options") != null) {
          assertThat(response.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
        }
      }
    }

    assertThat(stack.invocations()).hasSizeGreaterThan(ENDINGS.size());
    assertThat(stack.handlerLines())
        .noneMatch(line -> line.contains("event=look") || line.contains("event=error"))
        .noneMatch(line -> line.contains("HTTP Request to"))
        .noneMatch(line -> line.contains(stack.host().functionKey()));
    assertThat(stack.videos().count()).isZero();
  }

  private static List<RawCall> calls(String target, String header) {
    return List.of(
        RawCall.get(port, target, "Host: courier.example", header),
        RawCall.send(port, "POST", target, INVOCATION, "Host: courier.example", header));
  }

  private static void assertNothingIsShown(String target, RawCall response) {
    assertThat(response.body())
        .as(target)
        .doesNotContain("conclusion", "generation", "business", "Outputs");
  }

  private static List<String> targets() {
    List<String> targets = new ArrayList<>(FROM_THE_ROOT);
    ENDINGS.forEach(ending -> targets.add("/api/diagnose/" + ending));
    targets.replaceAll(target -> target.replace("{id}", job.id()));
    return targets;
  }
}
