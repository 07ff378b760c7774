package io.soracourier.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Mouse and keyboard of a tab. */
final class Hands {
  private static final int CONTROL = 2;
  private static final int SHIFT = 8;

  /** Where an element is to be hit, once it has come to rest there, or what lies over it. */
  private static final String POINT =
      """
      (async () => {
        const element = document.querySelector(%s);
        if (!element) return {obstacle: 'there is none'};
        const place = () => {
          element.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
          return JSON.stringify(element.getBoundingClientRect());
        };
        for (let before = '', now = place(); before !== now; ) {
          await new Promise(requestAnimationFrame);
          [before, now] = [now, place()];
        }
        const box = element.getBoundingClientRect();
        if (!box.width || !box.height) return {obstacle: 'it is not shown'};
        const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
        const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
        const hit = document.elementFromPoint(x, y);
        const label = element.closest('label') || (element.labels && element.labels[0]);
        return hit && (element.contains(hit) || hit.contains(element) || (label && label.contains(hit)))
            ? {x, y} : {obstacle: 'over it is ' + (hit ? hit.outerHTML.slice(0, 200) : 'nothing')};
      })()
      """;

  private final Tab tab;

  Hands(Tab tab) {
    this.tab = tab;
  }

  /** Clicks the middle of the first such element, which must be there to be seen. */
  void click(String selector) {
    JsonNode point = tab.evaluate(POINT.formatted(Tab.literal(selector)));
    if (point.has("obstacle")) {
      throw new AssertionError("cannot click %s: %s".formatted(selector, point.path("obstacle")));
    }
    mouse("mouseMoved", point, "none", 0);
    mouse("mousePressed", point, "left", 1);
    mouse("mouseReleased", point, "left", 1);
  }

  private void mouse(String type, JsonNode point, String button, int clicks) {
    tab.send(
        "Input.dispatchMouseEvent",
        DevTools.parameters()
            .put("type", type)
            .put("x", point.path("x").asDouble())
            .put("y", point.path("y").asDouble())
            .put("button", button)
            .put("clickCount", clicks));
  }

  /** Turns the wheel over a point. */
  void scroll(int x, int y, int by) {
    tab.send(
        "Input.dispatchMouseEvent",
        DevTools.parameters()
            .put("type", "mouseWheel")
            .put("x", x)
            .put("y", y)
            .put("deltaX", 0)
            .put("deltaY", by));
  }

  /** Writes into what has the focus, over what is selected there. */
  void type(String text) {
    tab.send("Input.insertText", DevTools.parameters().put("text", text));
  }

  void selectAll() {
    ObjectNode press =
        key("keyDown", CONTROL)
            .put("key", "a")
            .put("code", "KeyA")
            .put("windowsVirtualKeyCode", 65);
    press.putArray("commands").add("selectAll");
    tab.send("Input.dispatchKeyEvent", press);
    press.put("type", "keyUp").remove("commands");
    tab.send("Input.dispatchKeyEvent", press);
  }

  void press(Key key, boolean shift) {
    ObjectNode press =
        key(key.text.isEmpty() ? "rawKeyDown" : "keyDown", shift ? SHIFT : 0)
            .put("key", key.key)
            .put("code", key.code)
            .put("windowsVirtualKeyCode", key.number);
    if (!key.text.isEmpty()) {
      press.put("text", key.text);
    }
    tab.send("Input.dispatchKeyEvent", press);
    press.put("type", "keyUp").remove("text");
    tab.send("Input.dispatchKeyEvent", press);
  }

  private static ObjectNode key(String type, int modifiers) {
    return DevTools.parameters().put("type", type).put("modifiers", modifiers);
  }
}
