package io.soracourier.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.browser.Browser;
import io.soracourier.browser.ColorScheme;
import io.soracourier.browser.Screen;
import io.soracourier.browser.Screenshots;
import io.soracourier.browser.SentRequest;
import io.soracourier.browser.Tab;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, as people have it: a wide screen and a phone, light and dark, without
 * scripts. What it looks like is kept in {@code target/screenshots}.
 */
class DiagnosisPageIT {
  /** WCAG 2.1, AA, for text of any size. */
  private static final double CONTRAST = 4.5;

  /** The least contrast of any text with its ground, and that text. */
  private static final String LEAST_CONTRAST =
      """
      (() => {
        const channel = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
        const rgb = s => s.match(/[0-9.]+/g).map(Number);
        const luminance = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
        const ground = e => {
          for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] > 0) return c;
          }
          return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
        };
        let least = {ratio: 99, text: ''};
        for (const e of document.querySelectorAll('body *')) {
          const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join('');
          if (!text) continue;
          const [a, b] = [luminance(rgb(getComputedStyle(e).color)), luminance(ground(e))];
          const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
          if (ratio < least.ratio) least = {ratio, text};
        }
        return least;
      })()
      """;

  /** Elements that reach beyond the page's right edge. */
  private static final String OVERFLOWING =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(e => e.outerHTML.slice(0, 200))
      """;

  private static final String DARK =
      "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0] < 128";

  private static final String OPEN_ALL =
      "document.querySelectorAll('details').forEach(d => d.open = true)";

  @Test
  void page_isReadableOnEveryScreen(@TempDir Path profile) throws Exception {
    try (DiagnosedApp app = new DiagnosedApp();
        Browser browser = Browser.start(profile);
        Tab tab = browser.tab()) {
      tab.withoutScripts();
      for (Map.Entry<String, String> job : jobs(app).entrySet()) {
        String url = app.url(job.getValue());
        look(tab, url, job.getKey(), Screen.WIDE, ColorScheme.LIGHT);
        look(tab, url, job.getKey(), Screen.PHONE, ColorScheme.DARK);
        if (job.getKey().equals("unusual")) {
          look(tab, url, job.getKey(), Screen.WIDE, ColorScheme.DARK);
          look(tab, url, job.getKey(), Screen.PHONE, ColorScheme.LIGHT);
        }
      }
    }
  }

  private static void look(
      Tab tab, String url, String name, Screen screen, ColorScheme colorScheme) {
    String shot = "%s-%s-%s".formatted(name, screen, colorScheme).toLowerCase(Locale.ROOT);
    tab.show(screen, colorScheme);
    assertThat(tab.open(url))
        .as("requested by " + shot)
        .extracting(SentRequest::url)
        .containsExactly(url);
    Screenshots.keepPage(tab, shot);
    assertReadable(tab, shot, screen);

    tab.evaluate(OPEN_ALL);
    if (name.equals("unusual")) {
      Screenshots.keepPage(tab, shot + "-open");
    }
    assertReadable(tab, shot + "-open", screen);
    assertThat(tab.evaluate(DARK).asBoolean())
        .as(shot + " is dark")
        .isEqualTo(colorScheme == ColorScheme.DARK);
  }

  private static void assertReadable(Tab tab, String shot, Screen screen) {
    assertThat(tab.evaluate("innerWidth").asInt()).as(shot).isEqualTo(screen.width());
    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
        .as(shot)
        .isLessThanOrEqualTo(screen.width());
    assertThat(tab.evaluate(OVERFLOWING)).as(shot).isEmpty();
    JsonNode contrast = tab.evaluate(LEAST_CONTRAST);
    assertThat(contrast.path("ratio").asDouble())
        .as(shot + ": " + contrast)
        .isBetween(CONTRAST, 21.1);
  }

  /** One of each kind that looks different. */
  private static Map<String, String> jobs(DiagnosedApp app) {
    Map<String, String> jobs = new LinkedHashMap<>();
    jobs.put("found", job(app).add().id());
    SimulatedJob unusual =
        job(app)
            .contentDelay(Duration.ofHours(1))
            .editJob(
                json ->
                    json.putArray("data")
                        .addObject()
                        .put(
                            "url",
                            "https://" + "a-very-long-name.".repeat(9) + "example/v.mp4?sig=x"))
            .add();
    app.simulator().on("GET", "/files/1.mp4").always(Fault.video(Mp4.small()));
    app.simulator()
        .on("GET", "/openai/v1/video/generations/" + unusual.generationId())
        .always(Fault.editedJson(json -> json.put("video_url", "/files/1.mp4?sig=x")));
    jobs.put("unusual", unusual.id());
    jobs.put("several", job(app).variants(4).add().id());
    jobs.put("expired", Ids.task(Instant.now().minus(Duration.ofHours(30))));
    jobs.put("running", job(app).statuses("running").add().id());
    jobs.put("no-id", "%3Cno%20id%3E" + "x".repeat(300));
    return jobs;
  }

  private static JobBuilder job(DiagnosedApp app) {
    return app.simulator().sora1Job();
  }
}
