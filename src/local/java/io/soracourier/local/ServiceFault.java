package io.soracourier.local;

import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Reply;
import java.time.Duration;
import java.util.Optional;

/**
 * How the simulated service can be made to misbehave, for all jobs. They combine: a later one in
 * this order replaces what an earlier one would respond, or sends it worse.
 */
enum ServiceFault {
  WRONG_CONTENT("wrong-content", "A web page in place of each video", null, portal()),
  EXPIRED("expired", "Videos have expired", null, expired()),
  THROTTLED("throttled", "Too many requests (429)", throttled(), throttled()),
  TRUNCATED("truncated", "Downloads break off in the middle", null, Fault.cutInTheMiddle()),
  SLOW("slow", "Slow responses and downloads", late(), late()),
  DOWN("down", "Down: connections are reset", Fault.reset(), Fault.reset());

  private final String key;
  private final String title;
  private final Fault jobs;
  private final Fault content;

  ServiceFault(String key, String title, Fault jobs, Fault content) {
    this.key = key;
    this.title = title;
    this.jobs = jobs;
    this.content = content;
  }

  /** What the calls of the panel name it. */
  String key() {
    return key;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** What it does to requests about jobs, if anything. */
  Optional<Fault> ofJobs() {
    return Optional.ofNullable(jobs);
  }

  Fault ofContent() {
    return content;
  }

  /** Of a network that wants a login first. */
  private static Fault portal() {
    String page =
        "<!DOCTYPE html><html><head><title>Guest network</title></head><body><h1>Sign in to use"
            + " this network</h1></body></html>";
    return Fault.reply(Reply.of(200, "text/html; charset=utf-8", Content.of(page)));
  }

  private static Fault expired() {
    return Fault.json(
        404, "{\"error\":{\"code\":\"video_expired\",\"message\":\"The video has expired.\"}}");
  }

  private static Fault throttled() {
    return Fault.json(
            429, "{\"error\":{\"code\":\"429\",\"message\":\"Too many requests, slow down.\"}}")
        .and(Fault.retryAfter(2));
  }

  private static Fault late() {
    return Fault.late(Duration.ofSeconds(2));
  }
}
