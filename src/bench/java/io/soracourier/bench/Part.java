package io.soracourier.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The parts of the benchmark, by the names that {@code -Dbench.parts} takes. */
public enum Part {
  COPY("Copy"),
  SMALL("Small videos"),
  THROUGHPUT("Throughput"),
  START("Start"),
  LOOK("A look"),
  WAITING("Waiting"),
  MEMORY("Memory"),
  CONSOLE("Console");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** As on the command line. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code copy,start}; nothing stands for all of them. */
  static Set<Part> parse(String text) {
    if (text.isBlank()) {
      return EnumSet.allOf(Part.class);
    }
    EnumSet<Part> parts = EnumSet.noneOf(Part.class);
    for (String word : text.split(",")) {
      parts.add(
          Arrays.stream(values())
              .filter(part -> part.code().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BenchException(
                          "-Dbench.parts: there is no part '%s'; there are %s"
                              .formatted(
                                  word.strip(),
                                  Arrays.stream(values()).map(Part::code).toList()))));
    }
    return parts;
  }
}
