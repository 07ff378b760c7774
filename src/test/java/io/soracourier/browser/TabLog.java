package io.soracourier.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happened in a tab: what was requested, and what went wrong. */
final class TabLog {
  private final List<SentRequest> requests = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> loads = new ArrayList<>();

  synchronized void event(JsonNode event) {
    JsonNode parameters = event.path("params");
    switch (event.path("method").asText()) {
      case "Network.requestWillBeSent" ->
          requests.add(
              SentRequest.of(parameters.path("request"), parameters.path("type").asText()));
      case "Runtime.exceptionThrown" -> problems.add("uncaught: " + exception(parameters));
      case "Runtime.consoleAPICalled" -> console(parameters);
      case "Log.entryAdded" -> entry(parameters.path("entry"));
      case "Audits.issueAdded" -> issue(parameters.path("issue"));
      case "Page.lifecycleEvent" -> {
        if (parameters.path("name").asText().equals("load")) {
          loads.add(parameters.path("loaderId").asText());
        }
      }
      default -> {
        // of no interest
      }
    }
    notifyAll();
  }

  private static String exception(JsonNode parameters) {
    JsonNode details = parameters.path("exceptionDetails");
    String description = details.at("/exception/description").asText();
    return description.isEmpty() ? details.toString() : description;
  }

  private void console(JsonNode parameters) {
    String type = parameters.path("type").asText();
    if (type.equals("error") || type.equals("warning") || type.equals("assert")) {
      problems.add("console." + type + ": " + parameters.path("args"));
    }
  }

  /** A response of 400 and more is one too, but what a page does about that is its own matter. */
  private void entry(JsonNode entry) {
    if (entry.path("level").asText().equals("error")
        && !entry.path("source").asText().equals("network")) {
      problems.add(entry.path("source").asText() + ": " + entry.path("text").asText());
    }
  }

  private void issue(JsonNode issue) {
    if (issue.path("code").asText().equals("ContentSecurityPolicyIssue")) {
      problems.add("Content-Security-Policy: " + issue.path("details"));
    }
  }

  synchronized List<SentRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  synchronized void forget() {
    requests.clear();
  }

  /** Waits until that document and all that it needs have been loaded. */
  synchronized void awaitLoad(String loader, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!loads.contains(loader)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("not loaded after %s; problems: %s".formatted(timeout, problems));
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
