package io.soracourier.setting;

import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Settings that are read as they are written, as the Functions host and other programs read them:
 * Quarkus takes <code>${…}</code> in a value for the name of another setting, but a key or a
 * password may have that in it.
 */
public final class RawSetting {
  private static final TrimmedStringConverter TRIMMED = new TrimmedStringConverter();

  private RawSetting() {}

  /** Empty where it is not set. */
  public static Optional<String> of(Config config, String name) {
    return Expressions.withoutExpansion(() -> config.getOptionalValue(name, String.class));
  }

  /** The same without white space around it; empty also where nothing else is there. */
  public static Optional<String> trimmed(Config config, String name) {
    SmallRyeConfig converting = config.unwrap(SmallRyeConfig.class);
    return Expressions.withoutExpansion(() -> converting.getOptionalValue(name, TRIMMED));
  }
}
