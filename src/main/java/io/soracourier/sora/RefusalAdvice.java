package io.soracourier.sora;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What to do about a 401 or a 403: as it fits the server, and this job or all. */
final class RefusalAdvice {
  private static final String ANONYMOUS =
      "; no credential was sent, because AZURE_OPENAI_API_KEY is none: put the"
          + " server's key there, and check its network rules";

  private static final String AZURE_401 =
      "; check AZURE_OPENAI_API_KEY or AZURE_OPENAI_SCOPE (the other audience in use is"
          + " https://ai.azure.com/.default), and that AZURE_OPENAI_ENDPOINT is the resource"
          + " that made the job";
  private static final String AZURE_403 =
      "; give the identity the role Cognitive Services OpenAI User on the resource, and"
          + " check its network rules";

  private static final String OTHER_401 =
      "; check AZURE_OPENAI_API_KEY, that AZURE_OPENAI_ENDPOINT is the server that made the job,"
          + " and COURIER_SORA_KEY_HEADER where it wants its key in a header of its own";
  private static final String OTHER_403 =
      "; check that AZURE_OPENAI_API_KEY is a key that may read videos of this server, and its"
          + " network rules";

  /** LiteLLM, for one, lets only the key that made a video read it. */
  private static final String THIS_JOB =
      "; this is about this job alone, others are accessible: it was probably made with another"
          + " key, and AZURE_OPENAI_API_KEY must be that one to read it";

  private static final String PAYMENT =
      "; the account at this server has no budget left: fill it up, or raise its limit";

  /** A shorter one may be an ordinary word. */
  private static final int MIN_ID = 8;

  private final boolean byRoles;
  private final boolean anonymous;
  private final RecentJobs recent;

  /**
   * @param byRoles whether Azure's roles decide
   * @param anonymous whether requests are sent without a credential
   */
  RefusalAdvice(boolean byRoles, boolean anonymous, RecentJobs recent) {
    this.byRoles = byRoles;
    this.anonymous = anonymous;
    this.recent = recent;
  }

  void sawResponse(JobId id) {
    recent.add(id);
  }

  /** A sentence that continues the one about the request. */
  String of(Attempt refused) {
    if (ErrorKind.isPayment(refused.status(), refused.error())) {
      return PAYMENT;
    }
    boolean forbidden = Integer.valueOf(403).equals(refused.status());
    if (byRoles) {
      return anonymous ? ANONYMOUS : forbidden ? AZURE_403 : AZURE_401;
    }
    String path = refused.request().replaceFirst("^\\S+ ", "");
    if (forbidden && (namesTheVideo(path, refused.error()) || recent.hasOtherThan(path))) {
      return THIS_JOB;
    }
    return anonymous ? ANONYMOUS : forbidden ? OTHER_403 : OTHER_401;
  }

  private static boolean namesTheVideo(String path, String words) {
    return Arrays.stream(path.split("/"))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .anyMatch(
            segment ->
                segment.length() >= MIN_ID
                    && !segment.equals("generations")
                    && words.contains(segment));
  }
}
