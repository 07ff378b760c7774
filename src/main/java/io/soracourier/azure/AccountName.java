package io.soracourier.azure;

import io.soracourier.setting.RawSetting;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The name of the storage account, which is part of what a link's signature is of. Requests do not
 * need it: a token is for any account.
 */
public final class AccountName {
  /** {@code ACCOUNT.blob.core.windows.net}, that of a cloud or zone of its own, a private link. */
  private static final Pattern IN_HOST =
      Pattern.compile("([a-z0-9]{3,24})\\.(?:\\w+\\.)*blob\\..+", Pattern.CASE_INSENSITIVE);

  /** Emulators have it in the path, for these names have no room for it. */
  private static final Pattern WITHOUT_NAME =
      Pattern.compile("localhost|[0-9.]+|\\[.*]", Pattern.CASE_INSENSITIVE);

  private AccountName() {}

  /** Empty where a custom domain hides it and nothing else gives it. */
  public static Optional<String> of(StorageSettings settings, Config config) {
    return settings.credential() instanceof StorageCredential.SharedKey key
        ? Optional.of(key.account())
        : in(settings.blobEndpoint())
            .or(() -> RawSetting.trimmed(config, StorageSettings.ACCOUNT_NAME));
  }

  private static Optional<String> in(URI endpoint) {
    if (WITHOUT_NAME.matcher(endpoint.getHost()).matches()) {
      return Arrays.stream(endpoint.getPath().split("/"))
          .filter(segment -> !segment.isEmpty())
          .findFirst();
    }
    return Optional.of(IN_HOST.matcher(endpoint.getHost()))
        .filter(Matcher::matches)
        .map(host -> host.group(1).toLowerCase(Locale.ROOT));
  }
}
