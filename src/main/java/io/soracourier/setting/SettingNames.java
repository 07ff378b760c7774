package io.soracourier.setting;

import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/**
 * The names that are set below {@code courier}, compared with those that are read, because nothing
 * else notices one that is not: a former name stops the start, since the value that somebody tuned
 * would be lost; any other unknown one is logged, with the nearest name that is read. Values are
 * never read here.
 *
 * <p>What is read is what has a default, which every property of a config mapping has, also where
 * it is empty ({@code @WithDefault("")}): the mappings put them into the config's last source.
 */
@Singleton
class SettingNames implements SettingChecks {
  private static final Logger LOG = Logger.getLogger(SettingNames.class);

  private static final String PREFIX = "courier.";

  /** Of the local stack, which reads it from the same command line. */
  private static final String LOCAL = "courier.local.";

  /** What the names below it began with before, instead of {@code courier.sora.}. */
  private static final List<String> MOVED = List.of("courier.sora.retry.", "courier.sora.circuit.");

  private static final int ANY_ORDINAL = 300;

  /**
   * One that is set for a profile of Quarkus only is as wrong: "%dev.", or "_DEV_" in a variable.
   */
  private static final Pattern PROFILE =
      Pattern.compile("^(?:%[^.]*\\.|_.+?_(?=(?i:courier)[_-]))");

  private final Set<String> read;
  private final Set<Name> set;

  SettingNames(Config config) {
    this.read = below(PREFIX, names(config, true).map(Name::text).collect(Collectors.toSet()));
    this.set =
        names(config, false)
            .map(Name::withoutProfile)
            .filter(name -> isOurs(name.text()))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A name that is set.
   *
   * @param text without a profile
   * @param asSet with it, for people
   * @param variable whether it is compared as variables of the environment are: in any case, and
   *     with any separators
   */
  private record Name(String text, String asSet, boolean variable) implements Comparable<Name> {
    Name(String text, boolean variable) {
      this(text, text, variable);
    }

    Name withoutProfile() {
      return new Name(PROFILE.matcher(text).replaceFirst(""), asSet, variable);
    }

    @Override
    public int compareTo(Name other) {
      return Comparator.comparing(Name::asSet).thenComparing(Name::variable).compare(this, other);
    }
  }

  private static Stream<Name> names(Config config, boolean defaults) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .filter(source -> source instanceof DefaultValuesConfigSource == defaults)
        .flatMap(SettingNames::names);
  }

  /** As they are written: the environment's source adds names for what its variables may mean. */
  private static Stream<Name> names(ConfigSource source) {
    return source instanceof EnvConfigSource
        ? source.getProperties().keySet().stream().map(name -> new Name(name, true))
        : source.getPropertyNames().stream().map(name -> new Name(name, isVariable(name)));
  }

  @Override
  public List<Runnable> checks() {
    unknown().forEach(LOG::warn);
    return set.stream().<Runnable>map(name -> () -> checkNotFormer(name)).toList();
  }

  /** A line for each name that is neither read nor former. */
  List<String> unknown() {
    return set.stream()
        .filter(name -> !isRead(name) && currentName(name).isEmpty())
        .map(
            name ->
                "%s is not a setting and was ignored%s"
                    .formatted(
                        printable(name.asSet()),
                        NearestName.of(asProperty(name.text()), read)
                            .map(near -> "; did you mean %s?".formatted(like(name.text(), near)))
                            .orElse("")))
        .toList();
  }

  private void checkNotFormer(Name name) {
    currentName(name)
        .ifPresent(
            current -> {
              throw new InvalidSettingException(
                  name.asSet(),
                  "was renamed; set %s in its place".formatted(like(name.text(), current)));
            });
  }

  /** The name that is read today in place of a former one. */
  private Optional<String> currentName(Name name) {
    return MOVED.stream()
        .flatMap(prefix -> below(prefix, read).stream())
        .filter(current -> names(name, current.replaceFirst("\\.sora\\.", ".")))
        .findFirst();
  }

  private boolean isRead(Name name) {
    return read.stream().anyMatch(known -> names(name, known));
  }

  /** Whether a value under this name is one of the property, or of an element of its list. */
  private static boolean names(Name name, String property) {
    if (!name.variable()) {
      return name.text().replaceFirst("\\[\\d+]$", "").equals(property);
    }
    String element = name.text().replaceFirst("(?:_\\d+_|\\[\\d+])$", "");
    return Stream.of(name.text(), element)
        .map(variable -> new EnvConfigSource(Map.of(variable, "set"), ANY_ORDINAL))
        .anyMatch(source -> source.getValue(property) != null);
  }

  private static boolean isOurs(String name) {
    String property = asProperty(name);
    return property.startsWith(PREFIX) && !property.startsWith(LOCAL);
  }

  /** Of the environment, where a name has no dots. */
  private static boolean isVariable(String name) {
    return name.indexOf('.') < 0;
  }

  private static String asVariable(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String asProperty(String name) {
    String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return isVariable(name) ? property.replace('-', '.') : property;
  }

  /** A property as the person writes the name that is wrong. */
  private static String like(String name, String property) {
    return isVariable(name) ? asVariable(property) : property;
  }

  private static String printable(String name) {
    String line = name.replaceAll("[^!-~]", "?");
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  private static Set<String> below(String prefix, Set<String> names) {
    return names.stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toSet());
  }
}
