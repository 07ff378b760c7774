package io.soracourier.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How the reader has a tab: screen, colors, scripts, and whether it is seen at all. */
final class Surroundings {
  private final DevTools tools;
  private final Tab tab;
  private final String context;
  private final String target;
  private String cover;

  Surroundings(DevTools tools, Tab tab, String context, String target) {
    this.tools = tools;
    this.tab = tab;
    this.context = context;
    this.target = target;
  }

  void show(Screen screen, ColorScheme scheme) {
    tab.send(
        "Emulation.setDeviceMetricsOverride",
        DevTools.parameters()
            .put("width", screen.width())
            .put("height", screen.height())
            .put("deviceScaleFactor", 1)
            .put("mobile", screen.isPhone()));
    tab.send(
        "Emulation.setTouchEmulationEnabled",
        DevTools.parameters().put("enabled", screen.isPhone()));
    ObjectNode media = DevTools.parameters();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme.code());
    tab.send("Emulation.setEmulatedMedia", media);
  }

  void withoutScripts() {
    tab.send("Emulation.setScriptExecutionDisabled", DevTools.parameters().put("value", true));
  }

  void beforeEachPage(String script) {
    tab.send("Page.addScriptToEvaluateOnNewDocument", DevTools.parameters().put("source", script));
  }

  void hide() {
    if (cover == null) {
      cover = Browser.newTarget(tools, context);
    }
    activate(cover);
  }

  void unhide() {
    activate(target);
  }

  private void activate(String which) {
    tools.send(null, "Target.activateTarget", DevTools.parameters().put("targetId", which));
  }
}
