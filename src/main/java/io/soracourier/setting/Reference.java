package io.soracourier.setting;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * A setting whose value is still the reference to where it is kept: App Service puts the value in
 * its place, and leaves the reference where it could not, so that it would be sent as a key.
 *
 * <p>Source: Microsoft's "Use Key Vault references as app settings".
 */
public final class Reference {
  private static final Pattern KEY_VAULT =
      Pattern.compile(
          "\\s*[\"']?@Microsoft\\.(KeyVault|AppConfiguration)\\s*\\(.*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private Reference() {}

  /**
   * @throws InvalidSettingException when the setting is a reference that was not resolved
   */
  public static void check(Config config, String setting) {
    Optional<String> value = RawSetting.of(config, setting);
    if (value.filter(text -> KEY_VAULT.matcher(text).matches()).isPresent()) {
      throw new InvalidSettingException(
          setting,
          "is a Key Vault reference that was not resolved: check the secret's address, that the app's"
              + " identity has the role Key Vault Secrets User, and that the vault's network lets it"
              + " in; then restart the function app, since a new role takes some minutes and the"
              + " reference is read at its start only");
    }
  }
}
