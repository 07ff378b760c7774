package io.soracourier.local;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** The person at the keyboard, if there is one. */
final class Terminal {
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

  private Terminal() {}

  /** Null without a terminal on both standard input and output. */
  static Terminal find() {
    Console console = System.console();
    return console != null && isTerminal(console) ? new Terminal() : null;
  }

  /** Since JDK 22 there is a console even without a terminal, and it can be asked. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderThanJdk22) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One line, stripped; null at the end of input. */
  String ask(String prompt) {
    System.out.print(prompt);
    System.out.flush();
    try {
      String line = input.readLine();
      return line == null ? null : line.strip();
    } catch (IOException e) {
      return null;
    }
  }
}
