package io.soracourier.browser;

/** What a page is shown on, in CSS pixels. */
public enum Screen {
  WIDE(1280, 900, false),
  PHONE(390, 844, true);

  private final int width;
  private final int height;
  private final boolean phone;

  Screen(int width, int height, boolean phone) {
    this.width = width;
    this.height = height;
    this.phone = phone;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  boolean isPhone() {
    return phone;
  }
}
