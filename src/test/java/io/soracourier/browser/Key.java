package io.soracourier.browser;

/** Keys that do more than write a character. */
public enum Key {
  TAB("Tab", "Tab", 9, ""),
  ENTER("Enter", "Enter", 13, "\r"),
  ESCAPE("Escape", "Escape", 27, ""),
  SPACE(" ", "Space", 32, " "),
  BACKSPACE("Backspace", "Backspace", 8, ""),
  HOME("Home", "Home", 36, ""),
  END("End", "End", 35, ""),
  LEFT("ArrowLeft", "ArrowLeft", 37, ""),
  UP("ArrowUp", "ArrowUp", 38, ""),
  RIGHT("ArrowRight", "ArrowRight", 39, ""),
  DOWN("ArrowDown", "ArrowDown", 40, "");

  final String key;
  final String code;
  final int number;
  final String text;

  /**
   * @param number of Windows, by which the browser's own handling knows it
   * @param text what it writes
   */
  Key(String key, String code, int number, String text) {
    this.key = key;
    this.code = code;
    this.number = number;
    this.text = text;
  }
}
