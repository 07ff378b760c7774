package io.soracourier.setting;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Collection;

/**
 * A setting is missing, malformed, or contradicts another one. The start stops with this message
 * alone, on one line: the setting's name and what to put there. It never quotes the value of a
 * setting that may contain a secret.
 *
 * <p>Quarkus prints the message of a {@link ConfigurationException} without its stack.
 */
public class InvalidSettingException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * @param setting the name as the user writes it, e.g. {@code AZURE_OPENAI_ENDPOINT}
   * @param advice what is wrong and what to put there, continuing the sentence "SETTING …"
   */
  public InvalidSettingException(String setting, String advice) {
    super(setting + " " + advice);
    this.setting = setting;
  }

  /** Several in one, a line for each. */
  InvalidSettingException(Collection<String> messages) {
    super(String.join("\n", messages));
    this.setting = "";
  }

  /** The setting's name; empty where there are several. */
  String setting() {
    return setting;
  }
}
