package io.soracourier.local;

import java.util.List;

/** A call of the panel names what there is not. */
final class UnknownNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownNameException(String what, String name, List<String> names) {
    super("there is no %s '%s'; there are %s".formatted(what, name, String.join(", ", names)));
  }
}
