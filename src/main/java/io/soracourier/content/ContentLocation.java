package io.soracourier.content;

import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApi.OtherAddress;
import io.soracourier.sora.VideoApis;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.FoundUrl.Source;
import io.soracourier.url.JobUrls;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of address at which content may be.
 *
 * @param name what it is known as
 * @param candidates the addresses of that kind for the generation that is searched for; may depend
 *     on what was found before
 * @param follows from where in the responses of those addresses URLs are followed
 * @param ifNone why there may be no address of that kind, for people
 */
record ContentLocation(
    PlaceName name,
    Function<Search, List<Candidate>> candidates,
    Set<Source> follows,
    String ifNone) {
  private static final Set<PlaceName> KNOWN =
      EnumSet.of(
          PlaceName.DOCUMENTED,
          PlaceName.URL_IN_JSON,
          PlaceName.GENERATION,
          PlaceName.URL_IN_HEADER);
  private static final Set<PlaceName> NAMED_BY_JOB =
      EnumSet.of(PlaceName.URL_IN_JSON, PlaceName.URL_IN_HEADER);

  private static final String NO_URL = "the responses have no URL there without a row of its own";
  private static final String NO_GENERATION =
      "in this API a video is its own job: there is no generation to request as well";
  private static final String DOCUMENTED_HERE =
      "in this API the job's /content is the documented endpoint, which has a row of its own";
  private static final String SAME_ADDRESS = "the same address as that of another row";
  private static final String MANY_VIDEOS =
      "one address for all videos of a job cannot tell them apart, and this job has several";

  private ContentLocation(
      PlaceName name, Function<Search, List<Candidate>> candidates, String ifNone) {
    this(name, candidates, EnumSet.allOf(Source.class), ifNone);
  }

  /**
   * In the order of likelihood: the documented endpoint first, which is all that a healthy job
   * needs; then what the service's own responses point to; then the other endpoints that are in
   * circulation.
   */
  static List<ContentLocation> of(Endpoint endpoint, VideoApi api) {
    List<ContentLocation> all = new ArrayList<>();
    all.add(new ContentLocation(PlaceName.DOCUMENTED, ContentLocation::documented, SAME_ADDRESS));
    all.add(new ContentLocation(PlaceName.URL_IN_JSON, ContentLocation::inJson, NO_URL));
    all.add(generation(endpoint, api));
    all.add(new ContentLocation(PlaceName.URL_IN_HEADER, ContentLocation::inHeaders, NO_URL));
    if (api.isJobItsVideo()) {
      all.add(none(PlaceName.GENERATION_CONTENT, DOCUMENTED_HERE));
    }
    api.otherAddresses().forEach(address -> all.add(other(endpoint, api, address)));
    all.add(
        new ContentLocation(
            PlaceName.OTHER_API, search -> ofOtherApis(endpoint, search), SAME_ADDRESS));
    return List.copyOf(all);
  }

  /**
   * Those that can be of a further video of a job. A URL that the job lists for it comes first,
   * because a server may ignore which one is requested of the documented address. Any other address
   * would be the first one's.
   */
  static List<ContentLocation> ofFurther(List<ContentLocation> all) {
    return Stream.of(PlaceName.URL_IN_JSON, PlaceName.DOCUMENTED)
        .flatMap(name -> all.stream().filter(location -> location.name() == name))
        .toList();
  }

  /** Whether the service itself points there, by its documentation or in a response. */
  boolean isKnown() {
    return KNOWN.contains(name);
  }

  /** Whether the job that was read names what is there, which is known without a request. */
  boolean isNamedByJob() {
    return NAMED_BY_JOB.contains(name);
  }

  private static List<Candidate> documented(Search search) {
    Generation generation = search.generation();
    return Stream.of(generation.content(), generation.otherContent())
        .filter(Objects::nonNull)
        .map(content -> Candidate.documented(search.job().api(), content))
        .toList();
  }

  private static List<Candidate> inJson(Search search) {
    return new JobUrls(search.job(), search.generation())
        .inProperties().stream()
            .filter(url -> !url.uri().equals(search.generation().content()))
            .map(url -> search.named(url, "the job's JSON"))
            .toList();
  }

  private static ContentLocation generation(Endpoint endpoint, VideoApi api) {
    return api.isJobItsVideo()
        ? none(PlaceName.GENERATION, NO_GENERATION)
        : new ContentLocation(
            PlaceName.GENERATION,
            search ->
                api
                    .video(search.generation().id())
                    .map(path -> Candidate.own(api, endpoint.at(path)))
                    .stream()
                    .toList(),
            Set.of(Source.PROPERTY),
            SAME_ADDRESS);
  }

  /** Of the generation too, where that was requested. */
  private static List<Candidate> inHeaders(Search search) {
    Stream<FoundUrl> ofJob = new JobUrls(search.job(), search.generation()).inHeaders().stream();
    Stream<FoundUrl> ofGeneration =
        search.firstOf(PlaceName.GENERATION).stream()
            .flatMap(result -> result.finding().urls().stream())
            .filter(url -> url.source() == Source.HEADER);
    return Stream.concat(
            ofJob.map(url -> search.named(url, "the headers of the job")),
            ofGeneration.map(url -> search.named(url, "the headers of the generation")))
        .toList();
  }

  private static ContentLocation none(PlaceName name, String why) {
    return new ContentLocation(name, search -> List.of(), why);
  }

  private static ContentLocation other(Endpoint endpoint, VideoApi api, OtherAddress address) {
    return new ContentLocation(
        address.name(),
        search ->
            address.isOfJob() && search.hasSiblings()
                ? List.of()
                : List.of(
                    Candidate.own(
                        api,
                        endpoint.at(
                            address.path(search.job().id().value(), search.generation().id())))),
        address.isOfJob() ? MANY_VIDEOS : SAME_ADDRESS);
  }

  private static List<Candidate> ofOtherApis(Endpoint endpoint, Search search) {
    return VideoApis.ALL.stream()
        .filter(other -> other != search.job().api())
        .map(other -> Candidate.own(other, endpoint.at(other.content(search.generation().id()))))
        .toList();
  }
}
