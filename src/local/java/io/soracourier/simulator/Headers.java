package io.soracourier.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The header fields of a request or reply in their order, names compared without case. */
public record Headers(List<Field> fields) {

  /** One field line. */
  public record Field(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  public Headers {
    fields = List.copyOf(fields);
  }

  public static Headers none() {
    return new Headers(List.of());
  }

  /** The value of the first field of that name. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The values of every field of that name. */
  public List<String> all(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.is(name));
  }

  /** These fields with one more, in place of any of the same name. */
  public Headers with(String name, String value) {
    return without(name).plus(name, value);
  }

  /** These fields and one more, whether or not the name is there already. */
  public Headers plus(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  public Headers without(String name) {
    return new Headers(fields.stream().filter(field -> !field.is(name)).toList());
  }

  /** Names in lower case, for assertions such as "no {@code api-key} ever arrived here". */
  public Stream<String> names() {
    return fields.stream().map(field -> field.name().toLowerCase(java.util.Locale.ROOT));
  }
}
