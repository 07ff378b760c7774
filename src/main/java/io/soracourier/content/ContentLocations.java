package io.soracourier.content;

import io.soracourier.content.FoundUrl.Source;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApi.OtherAddress;
import io.soracourier.sora.VideoApis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where content may be, in the order of likelihood: the documented endpoint first, which is all
 * that a healthy job needs; then what the service's own answers point to; then the other endpoints
 * that are in circulation. The names are those under which people know these tries.
 */
final class ContentLocations {
  static final String DOCUMENTED = "documented endpoint";
  static final String PROPERTY = "option 1, another property: a URL in the job's JSON";
  static final String POLLING = "manual test 2 and option 2, polling the generation";
  static final String HEADER = "option 3, a header: a URL in Location or Content-Location";

  static final Set<String> KNOWN = Set.of(DOCUMENTED, PROPERTY, POLLING, HEADER);

  /** Where the job itself names URLs, which is known without another request. */
  static final Set<String> NAMED_BY_JOB = Set.of(PROPERTY, HEADER);

  private static final String OTHER_API = "endpoint of the other API";
  private static final String NO_URL = "the answers name no URL there that was not asked above";
  private static final String NO_GENERATION =
      "in this API a video is its own job: there is no generation to request as well";
  private static final String ASKED_ABOVE = "the same address as one above";
  private static final String MANY_VIDEOS =
      "one address for all videos of a job cannot tell them apart, and this job has several";

  private final Endpoint endpoint;
  private final List<ContentLocation> places = new ArrayList<>();

  private ContentLocations(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  static List<ContentLocation> of(Endpoint endpoint, VideoApi api) {
    ContentLocations places = new ContentLocations(endpoint);
    places.known(api);
    api.otherAddresses().forEach(address -> places.other(api, address));
    places.ofOtherApis(api);
    return List.copyOf(places.places);
  }

  /**
   * Those that can be of a further video of a job. A URL that the job names for it comes first,
   * because a server may ignore which one is requested of the documented address. Any other address
   * would be the first one's.
   */
  static List<ContentLocation> ofFurther(List<ContentLocation> all) {
    return Stream.of(PROPERTY, DOCUMENTED)
        .flatMap(name -> all.stream().filter(place -> place.name().equals(name)))
        .toList();
  }

  private void known(VideoApi api) {
    places.add(new ContentLocation(DOCUMENTED, Search::documentedAddress, ASKED_ABOVE));
    places.add(new ContentLocation(PROPERTY, Search::propertiesOfJob, NO_URL));
    places.add(
        api.isJobItsVideo()
            ? new ContentLocation(POLLING, search -> List.of(), NO_GENERATION)
            : new ContentLocation(
                POLLING,
                search -> api.video(search.id()).map(path -> own(api, path)).stream().toList(),
                Set.of(Source.PROPERTY),
                ASKED_ABOVE));
    places.add(new ContentLocation(HEADER, Search::headersOfJobAndGeneration, NO_URL));
  }

  private void other(VideoApi api, OtherAddress address) {
    places.add(
        new ContentLocation(
            address.name(),
            search ->
                address.isOfJob() && search.hasSiblings()
                    ? List.of()
                    : List.of(own(api, address.path(search.jobId(), search.id()))),
            address.isOfJob() ? MANY_VIDEOS : ASKED_ABOVE));
  }

  private void ofOtherApis(VideoApi api) {
    places.add(
        new ContentLocation(
            OTHER_API,
            search ->
                VideoApis.ALL.stream()
                    .filter(other -> other != api)
                    .map(other -> own(other, other.content(search.id())))
                    .toList(),
            ASKED_ABOVE));
  }

  private Candidate own(VideoApi api, String path) {
    return Candidate.own(api, endpoint.at(path));
  }
}
