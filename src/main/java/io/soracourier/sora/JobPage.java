package io.soracourier.sora;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list of jobs, as far as it can be read.
 *
 * @param jobs in the server's order
 * @param cursors what may be sent as {@code after} for the next page, the likelier first; the later
 *     ones repeat some of this page
 * @param more whether there are more, where the server reports it
 */
public record JobPage(List<ListedJob> jobs, List<String> cursors, Optional<Boolean> more) {
  public JobPage {
    jobs = List.copyOf(jobs);
    cursors = List.copyOf(cursors);
  }
}
