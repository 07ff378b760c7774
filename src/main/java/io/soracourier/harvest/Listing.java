package io.soracourier.harvest;

import io.soracourier.sora.JobPage;
import io.soracourier.sora.JobsQuery;
import io.soracourier.sora.ListedJob;
import io.soracourier.sora.SoraException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of one API page by page, from where the run before ended. It ends in any case: a
 * page without a job that was not on an earlier one is the last, even if the server reports more.
 */
final class Listing {
  /** In one run; the next one continues. The ids of so many are kept in memory. */
  static final int MAX_JOBS = 10_000;

  static final int MAX_PAGES = 1_000;

  /** Wishes that a server may refuse; then it gets fewer. */
  private static final List<JobsQuery> FORMS =
      List.of(
          new JobsQuery(null, 100, true),
          new JobsQuery(null, 20, true),
          new JobsQuery(null, 0, false));

  /** A page that is too large to be read is requested smaller, in the same order. */
  private static final int SMALLER = 1;

  /** How many other cursors are tried where a server does not know one any more. */
  private static final int MAX_OTHER_CURSORS = 3;

  /** Requests a page. */
  interface Pages {
    /**
     * @throws SoraException when there is none
     */
    JobPage page(JobsQuery query);
  }

  /**
   * Where the next page is.
   *
   * @param after a cursor; null: at the beginning
   * @param form how many of the wishes the server has refused
   */
  record Position(@Nullable String after, int form) {
    static final Position BEGINNING = new Position(null, 0);

    /**
     * @param form as it was kept
     */
    Position {
      form = Math.max(0, Math.min(form, FORMS.size() - 1));
    }

    private JobsQuery query() {
      JobsQuery wishes = FORMS.get(form);
      return new JobsQuery(after, wishes.limit(), wishes.oldestFirst());
    }

    private Position with(String cursor) {
      return new Position(cursor, form);
    }
  }

  /** How it ended. */
  enum End {
    /** There is no more. */
    COMPLETE,
    /** There may be more, and no time or room for it. */
    CUT,
    /** The server gives the same jobs again and again. */
    REPEATS,
    /** The server has no such list. */
    NO_LIST,
    /** A page could not be read. */
    FAILED
  }

  /**
   * @param next where the next run continues
   * @param failure why it failed or there is no list
   */
  record Result(End end, Position next, int requests, @Nullable SoraException failure) {}

  private final Pages pages;
  private final BooleanSupplier mayGoOn;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> cursors = new HashSet<>();
  private final List<String> otherCursors = new ArrayList<>();
  private int triedCursors;
  private int requests;
  private Position position;

  /**
   * @param mayGoOn called before each page
   */
  Listing(Pages pages, Position from, BooleanSupplier mayGoOn) {
    this.pages = pages;
    this.position = from;
    this.mayGoOn = mayGoOn;
  }

  /**
   * @param visitor of the jobs of a page that were on none before; whether it wants more
   */
  Result read(Predicate<List<ListedJob>> visitor) {
    boolean first = true;
    while (seen.size() < MAX_JOBS && requests < MAX_PAGES && mayGoOn.getAsBoolean()) {
      JobPage page;
      try {
        requests++;
        page = pages.page(position.query());
      } catch (SoraException e) {
        if (first ? isRequestedOtherwise(e) : isRequestedElsewhere(e)) {
          continue;
        }
        return refused(first, e);
      }
      first = false;
      List<ListedJob> fresh =
          page.jobs().stream().filter(job -> seen.add(job.id().value())).toList();
      boolean wanted = visitor.test(fresh);
      boolean last = page.more().filter(more -> !more).isPresent();
      boolean saysMore = page.more().filter(more -> more).isPresent();
      if (last || !wanted || page.cursors().isEmpty()) {
        boolean cut = wanted && saysMore;
        return end(cut ? End.CUT : End.COMPLETE, Position.BEGINNING, null);
      }
      if (!fresh.isEmpty()) {
        otherCursors.clear();
        otherCursors.addAll(page.cursors().subList(1, page.cursors().size()));
        position = position.with(page.cursors().get(0));
      } else if (page.jobs().isEmpty() && saysMore && cursors.add(page.cursors().get(0))) {
        // Nothing on it is a job for the courier, and what comes behind it may be.
        position = position.with(page.cursors().get(0));
      } else if (page.jobs().isEmpty() || !triesAnotherCursor()) {
        return end(saysMore ? End.REPEATS : End.COMPLETE, Position.BEGINNING, null);
      }
    }
    return end(End.CUT, position, null);
  }

  /** Before there was a page: from the beginning, then with fewer wishes. */
  private boolean isRequestedOtherwise(SoraException e) {
    if (!isOfTheRequest(e)) {
      return false;
    }
    if (position.after() != null) {
      position = Position.BEGINNING;
      return true;
    }
    boolean more = position.form() + 1 < FORMS.size();
    position = new Position(null, position.form() + 1);
    return more;
  }

  /** In the middle of a list: the job that is the cursor may have been deleted meanwhile. */
  private boolean isRequestedElsewhere(SoraException e) {
    if (e.kind() == SoraException.Kind.UNREADABLE && position.form() < SMALLER) {
      position = new Position(position.after(), SMALLER);
      return true;
    }
    return isOfTheRequest(e) && triesAnotherCursor();
  }

  private boolean triesAnotherCursor() {
    if (otherCursors.isEmpty() || ++triedCursors > MAX_OTHER_CURSORS) {
      return false;
    }
    position = position.with(otherCursors.remove(0));
    return true;
  }

  private Result refused(boolean first, SoraException e) {
    if (!isOfTheRequest(e)) {
      return end(End.FAILED, position, e);
    }
    return end(first ? End.NO_LIST : End.FAILED, Position.BEGINNING, e);
  }

  private Result end(End end, Position next, @Nullable SoraException failure) {
    return new Result(end, next, requests, failure);
  }

  /** Whether the server has nothing at this address, or not for this query. */
  private static boolean isOfTheRequest(SoraException e) {
    return switch (e.kind()) {
      case NOT_FOUND, REJECTED, UNREADABLE, WRONG_ENDPOINT, EXPIRED, RETIRED, MODERATED -> true;
      case UNAVAILABLE -> Integer.valueOf(501).equals(e.attempts().get(0).status());
      case DENIED, THROTTLED -> false;
    };
  }
}
