package io.soracourier.azure;

import java.net.URI;
import java.util.Optional;

/**
 * Where an account's tables are when it is only known where its queues are. Host names of the
 * services of an account differ in one part, in every cloud; those of an emulator, of a custom
 * domain or of a private link without its zone do not show it.
 */
final class TableHost {
  private static final String QUEUE = ".queue.";
  private static final String TABLE = ".table.";

  private TableHost() {}

  /**
   * {@code https://acct.table.core.windows.net} for {@code https://acct.queue.core.windows.net}.
   */
  static Optional<URI> besideQueues(URI queueEndpoint) {
    String host = queueEndpoint.getHost();
    if (host.indexOf(QUEUE) < 0 || host.indexOf(QUEUE) != host.lastIndexOf(QUEUE)) {
      return Optional.empty();
    }
    String authority = queueEndpoint.getRawAuthority().replace(QUEUE, TABLE);
    return Optional.of(
        URI.create(queueEndpoint.getScheme() + "://" + authority + queueEndpoint.getRawPath()));
  }
}
