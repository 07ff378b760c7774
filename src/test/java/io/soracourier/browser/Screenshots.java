package io.soracourier.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.local.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** What pages look like, kept in {@code target/screenshots} for people. */
public final class Screenshots {
  private static final Path KEPT = ProjectDirectory.path().resolve("target/screenshots");
  private static final Path DOCUMENTS = ProjectDirectory.path().resolve("docs/images");

  private Screenshots() {}

  /** The whole page, as high as it is. */
  public static void keepPage(Tab tab, String name) {
    JsonNode size = tab.send("Page.getLayoutMetrics", DevTools.parameters()).path("cssContentSize");
    ObjectNode parameters = DevTools.parameters().put("captureBeyondViewport", true);
    parameters
        .putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", size.path("width").asDouble())
        .put("height", size.path("height").asDouble())
        .put("scale", 1);
    write(KEPT, name, take(tab, parameters));
  }

  /** What the screen shows. */
  public static void keepScreen(Tab tab, String name) {
    write(KEPT, name, take(tab, DevTools.parameters()));
  }

  /** The same, and with {@code -Dscreenshots.update=true} also for {@code docs/images}. */
  public static void keepForDocuments(Tab tab, String name) {
    byte[] png = take(tab, DevTools.parameters());
    write(KEPT, name, png);
    if (Boolean.getBoolean("screenshots.update")) {
      write(DOCUMENTS, name, png);
    }
  }

  private static byte[] take(Tab tab, ObjectNode parameters) {
    String png = tab.send("Page.captureScreenshot", parameters).path("data").asText();
    return Base64.getDecoder().decode(png);
  }

  private static void write(Path folder, String name, byte[] png) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name + ".png"), png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
