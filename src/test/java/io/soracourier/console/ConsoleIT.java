package io.soracourier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.browser.Browser;
import io.soracourier.browser.Tab;
import io.soracourier.e2e.Deployment;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Jobs on the console of the packaged app, in a real browser. */
@Execution(ExecutionMode.SAME_THREAD)
class ConsoleIT {
  private static final String HTML = "<img src=x onerror=\"document.title='run'\"><b>bold</b>";

  @TempDir private static Path profile;
  private static Deployment courier;
  private static Browser browser;

  private OpenConsole console;
  private Tab tab;

  @BeforeAll
  static void start() throws IOException {
    courier = Deployment.start();
    courier.secret(courier.host().functionKey());
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stop() {
    browser.close();
    courier.close();
  }

  @BeforeEach
  void open() {
    console =
        new OpenConsole(
                browser,
                courier.host().url(),
                courier.host().functionKey(),
                courier.stack().account().blobEndpoint())
            .open();
    tab = console.tab();
  }

  @AfterEach
  void close() {
    console.close();
  }

  private static SoraSimulator service() {
    return courier.simulator();
  }

  @Test
  void jobThatWaitsForItsSecondVideo_saysThatOneIsStored() {
    SimulatedJob job = service().sora1Job().variants(2).add();
    Script missing =
        service()
            .on(Route.GET_CONTENT, job.generationIds().get(1))
            .always(Fault.error(ServiceError.notFound()));

    console.enqueue(job.id());
    console.awaitRow(job.id(), "1 video stored so far.");
    assertThat(console.rowText(job.id())).contains("Waiting");
    missing.clear();
    console.awaitRow(job.id(), "2 videos");
  }

  @Test
  void enqueuedJob_isSeenWaitingProgressingCopyingAndPlays() {
    HeldContent video = new HeldContent(Mp4.genuine());
    SimulatedJob job = service().sora2Video().statuses("in_progress").video(video).add();

    console.enqueue(job.id());
    // The first look may be made before the call is answered.
    tab.waitUntil("/enqueued|waits already/.test(document.getElementById('enqueued').innerText)");
    console.awaitRow(job.id(), "Waiting");
    console.awaitRow(job.id(), "50 % made");
    assertThat(tab.evaluate(bar(job) + ".value / " + bar(job) + ".max").asDouble()).isEqualTo(0.5);
    assertThat(console.rowText(job.id())).contains("next look", "The video service says");

    job.moveTo("completed");
    console.awaitRow(job.id(), "Copying");
    assertThat(console.rowText(job.id())).containsPattern("[\\d.]+ k?B of [\\d.]+ kB");
    video.release();
    console.awaitRow(job.id(), "Copied");
    assertThat(console.rowText(job.id())).contains("1 video");

    tab.click("#to-videos");
    String player = player(job.id());
    tab.waitUntil(player + "?.readyState >= 1");
    assertThat(tab.evaluate(player + ".paused").asBoolean()).isTrue();
    tab.evaluate(player + ".id = 'player'");
    tab.click("#player");
    tab.waitUntil(player + ".currentTime > 0.2");
  }

  private static String bar(SimulatedJob job) {
    return OpenConsole.row(job.id()) + ".querySelector('progress')";
  }

  /** The player of a video, as an expression. */
  private static String player(String generationId) {
    return "document.querySelector('video[aria-label=\"Video " + generationId + "\"]')";
  }

  @Test
  void jobWithSeveralVideos_hasAPlayerForEach() {
    SimulatedJob job = service().sora1Job().variants(3).add();
    console.enqueue(job.id());
    console.awaitRow(job.id(), "3 videos");

    console.openJob(job.id());
    assertThat(tab.text("#job-body")).contains(job.generationIds()).contains("Outcome messages");
    console.press("Close");
    tab.click("#to-videos");
    for (String id : job.generationIds()) {
      tab.evaluate(player(id) + "?.scrollIntoView()");
      tab.waitUntil(player(id) + "?.readyState >= 1");
    }
    assertThat(tab.text("#videos")).contains(job.generationIds()).contains("480 × 480", "5 s");
  }

  @Test
  void failedJob_hasReasonAdviceStoryAndOutcomeAndIsEnqueuedAgain() {
    SimulatedJob job =
        service().sora2Video().failed("server_error").failureMessage("It broke.").add();
    console.enqueue("{\"jobId\": \"%s\", \"correlationId\": \"order-7\"}".formatted(job.id()));
    console.awaitRow(job.id(), "Failed");
    assertThat(console.rowText(job.id())).contains("job-failed", "It broke.", "order-7");

    console.openJob(job.id());
    assertThat(tab.text("#job-body"))
        .contains("job-failed", "It broke.", "First seen by the courier", "order-7")
        .contains("\"status\": \"failed\"", "\"reason\": \"job-failed\"");
    console.press("Why?");
    tab.waitUntil("document.getElementById('job-body').innerText.includes('Diagnosis')");
    console.press("Enqueue again");
    tab.waitUntil("document.getElementById('job-body').innerText.includes('Attempt 1 ended')");
    courier.outcomes(job.id(), 2);
  }

  /** As on the page of the diagnosis. */
  @Test
  void diagnosis_showsRedirectsAndWhatTheJsonHas() {
    SimulatedJob job =
        service().sora1Job().editJob(json -> json.put("url", "https://evil.example/v.mp4")).add();
    Script redirect =
        service()
            .on(Route.GET_CONTENT, job.generationId())
            .always(Fault.redirect(302, "/elsewhere/none.mp4?sig=SECRET"));
    console.enqueue(job.id());
    console.awaitRow(job.id(), "Waiting");

    console.openJob(job.id());
    console.press("Why?");
    tab.waitUntil("document.getElementById('job-body').innerText.includes('Diagnosis')");
    assertThat(tab.text("#job-body"))
        .contains("302, Location: ", "/elsewhere/none.mp4?…", "from url in the job's JSON")
        .contains("URL in url: https://evil.example/v.mp4", "Structure of the JSON")
        .doesNotContain("SECRET");

    redirect.clear();
    console.press("Close");
    console.awaitRow(job.id(), "Copied");
  }

  @Test
  void diagnosisOfSeveralVideos_saysOfWhichEachRowIs() {
    SimulatedJob job = service().sora1Job().variants(2).add();
    String first = job.generationIds().get(0);
    String second = job.generationIds().get(1);
    Script missing =
        service().on(Route.GET_CONTENT, second).always(Fault.error(ServiceError.notFound()));
    console.enqueue(job.id());
    console.awaitRow(job.id(), "1 video stored so far.");

    console.openJob(job.id());
    console.press("Why?");
    tab.waitUntil("document.getElementById('job-body').innerText.includes('Diagnosis')");
    assertThat(tab.text("#job-body"))
        .contains("documented endpoint · " + first + ": video")
        .contains("documented endpoint · " + second + ": not-found")
        .contains("the blob in Azure Storage · " + first + ": stored")
        .contains("the blob in Azure Storage · " + second + ": not-stored");

    missing.clear();
    console.press("Close");
    console.awaitRow(job.id(), "2 videos");
  }

  @Test
  void twentyJobsAtOnce_areAllSeenToTheirEnd() {
    List<String> ids = Stream.generate(() -> service().sora1Job().add().id()).limit(20).toList();
    console.enqueue(String.join("\n", ids));
    tab.waitUntil("document.querySelectorAll('#enqueued li').length === 20");
    ids.forEach(id -> console.awaitRow(id, "Copied"));
  }

  @Test
  void faultOfTheService_isShownAndSurvived() {
    SimulatedJob job = service().sora1Job().add();
    Script fault =
        service().on(Route.GET_JOB, job.id()).always(Fault.error(ServiceError.server(503)));
    console.enqueue(job.id());
    console.awaitRow(job.id(), "503");
    assertThat(console.rowText(job.id())).contains("Waiting");

    fault.clear();
    console.awaitRow(job.id(), "Copied");
  }

  @Test
  void expiredJob_saysSo() {
    SimulatedJob job = service().sora2Video().statuses("expired").add();
    console.enqueue(job.id());
    console.awaitRow(job.id(), "Failed");
    assertThat(console.rowText(job.id())).contains("expired");
  }

  @Test
  void idAndErrorFullOfHtml_areShownAsText() {
    SimulatedJob job = service().sora2Video().failed("server_error").failureMessage(HTML).add();
    console.enqueue(HTML);
    tab.waitUntil("document.getElementById('enqueued').innerText.includes('<b>bold')");
    console.enqueue(
        "{\"jobId\": \"%s\", \"correlationId\": %s}".formatted(job.id(), Tab.literal(HTML)));
    console.awaitRow(job.id(), "Failed");
    assertThat(console.rowText(job.id())).contains("<b>bold</b>");
    console.openJob(job.id());
    assertThat(tab.text("#job-body")).contains("<b>bold</b>");
    courier.enqueue("\"" + HTML.replace("\"", "'") + "\"");
    console.press("Close");
    tab.waitUntil(
        "document.getElementById('jobs').innerText.includes('a message that was no job')");

    assertThat(tab.evaluate("document.querySelectorAll('img, b').length").asInt()).isZero();
    assertThat(tab.evaluate("document.title").asText()).isEqualTo("Sora Courier");
  }

  @Test
  void stateAndSearch_filterTheList() {
    SimulatedJob done = service().sora1Job().add();
    SimulatedJob failed = service().sora1Job().failed("internal_error").add();
    console.enqueue(done.id() + "\n" + failed.id());
    console.awaitRow(done.id(), "Copied");
    console.awaitRow(failed.id(), "Failed");

    tab.fill("#search", done.id().substring(8));
    tab.waitUntil("!(" + OpenConsole.row(failed.id()) + ")");
    console.awaitRow(done.id(), "Copied");
    tab.fill("#search", "nothing like that");
    tab.waitUntil("document.getElementById('jobs-empty').innerText.includes('No job like that')");
  }
}
