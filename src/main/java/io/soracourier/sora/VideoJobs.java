package io.soracourier.sora;

import io.soracourier.sora.SoraException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a job, at the API its id belongs to. */
@ApplicationScoped
public class VideoJobs {
  private static final Integer FORBIDDEN = 403;
  private static final String WHICH_API =
      "; where only one of these addresses exists at this server, name its API in COURIER_SORA_API";

  /** From that which says most. Servers say "not found" of an address, too. */
  private static final List<Kind> TELLING =
      List.of(
          Kind.RETIRED,
          Kind.EXPIRED,
          Kind.MODERATED,
          Kind.DENIED,
          Kind.UNREADABLE,
          Kind.NOT_FOUND,
          Kind.WRONG_ENDPOINT);

  private final SoraClient client;
  private final SoraConfig config;

  VideoJobs(SoraClient client, SoraConfig config) {
    this.client = client;
    this.config = config;
  }

  /** The APIs that may know a job, in the order in which they are tried; at least one. */
  public static List<VideoApi> apis(JobId id, SoraConfig config) {
    return VideoApis.named(config.api()).map(List::of).orElseGet(() -> VideoApis.inOrder(id));
  }

  /**
   * Requests a job once. An id only hints at its API, because gateways issue ids of their own;
   * where the setting leaves it open, the next API is tried when the response of the likelier one
   * may be that of a server without that API. A job is reported missing only if all of them could
   * be reached.
   *
   * @param given the API that has given the job before, which is the only one requested then: what
   *     comes from the addresses of another one says nothing of the job; null where none has
   * @throws SoraException as {@link SoraClient#job}
   */
  public VideoJob find(JobId id, @Nullable VideoApi given) {
    return first(apis(id, given), api -> client.job(id, api));
  }

  /**
   * The same for whatever requests a job of one API.
   *
   * @param apis at least one
   * @param request throws a {@link SoraException} where that does not give the job
   */
  public static VideoJob first(List<VideoApi> apis, Function<VideoApi, VideoJob> request) {
    List<SoraException> failures = new ArrayList<>();
    for (VideoApi api : apis) {
      try {
        return request.apply(api);
      } catch (SoraException e) {
        boolean open = failures.isEmpty() ? mayLackTheApi(e) : !isOfTheService(e);
        if (!open) {
          throw e;
        }
        failures.add(e);
      }
    }
    throw failures.size() == 1 ? failures.get(0) : together(failures);
  }

  private List<VideoApi> apis(JobId id, @Nullable VideoApi given) {
    List<VideoApi> all = apis(id, config);
    return given != null && all.contains(given) ? List.of(given) : all;
  }

  /**
   * Whether a server may respond so for an address that it does not have: with any refusal, a page,
   * or a document of its own. A key that is refused is refused at each address.
   */
  private static boolean mayLackTheApi(SoraException e) {
    return switch (e.kind()) {
      case NOT_FOUND, REJECTED, UNREADABLE, WRONG_ENDPOINT -> true;
      case DENIED -> FORBIDDEN.equals(e.attempts().get(0).status());
      case RETIRED, EXPIRED, MODERATED, THROTTLED, UNAVAILABLE -> false;
    };
  }

  private static boolean isOfTheService(SoraException e) {
    return e.kind() == Kind.THROTTLED || e.kind() == Kind.UNAVAILABLE;
  }

  private static SoraException together(List<SoraException> failures) {
    SoraException first = failures.get(0);
    List<Attempt> attempts = failures.stream().flatMap(e -> e.attempts().stream()).toList();
    String messages =
        failures.stream().map(SoraException::getMessage).collect(Collectors.joining("; "));
    Kind kind = telling(failures);
    boolean isUnknown = first.kind() == Kind.NOT_FOUND && kind == Kind.NOT_FOUND;
    return new SoraException(
        kind,
        attempts,
        first.retryAfter().orElse(null),
        isUnknown ? messages : messages + WHICH_API,
        first);
  }

  /**
   * The likelier API's response counts, unless that may be of a server without it, and another one
   * says more: that it has the job no more, or that it refuses the key.
   */
  private static Kind telling(List<SoraException> failures) {
    Kind first = failures.get(0).kind();
    boolean mayLackTheApi =
        first == Kind.NOT_FOUND || first == Kind.REJECTED || first == Kind.WRONG_ENDPOINT;
    return !mayLackTheApi
        ? first
        : TELLING.stream()
            .filter(kind -> failures.stream().anyMatch(e -> e.kind() == kind))
            .findFirst()
            .orElse(first);
  }
}
