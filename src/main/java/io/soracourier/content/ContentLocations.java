package io.soracourier.content;

import io.soracourier.content.FoundUrl.Source;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApi.OtherAddress;
import io.soracourier.sora.VideoApis;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where content may be, in the order of likelihood: the documented endpoint first, which is all
 * that a healthy job needs; then what the service's own answers point to; then the other endpoints
 * that are in circulation.
 */
final class ContentLocations {
  static final Set<PlaceName> KNOWN =
      EnumSet.of(
          PlaceName.DOCUMENTED,
          PlaceName.URL_IN_JSON,
          PlaceName.GENERATION,
          PlaceName.URL_IN_HEADER);

  /** Where the job itself names URLs, which is known without another request. */
  static final Set<PlaceName> NAMED_BY_JOB =
      EnumSet.of(PlaceName.URL_IN_JSON, PlaceName.URL_IN_HEADER);

  private static final String NO_URL = "the answers name no URL there that has no row of its own";
  private static final String NO_GENERATION =
      "in this API a video is its own job: there is no generation to request as well";
  private static final String DOCUMENTED_HERE =
      "in this API the job's /content is the documented endpoint, which has a row of its own";
  private static final String ASKED_ALREADY = "the same address as that of another row";
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
    return Stream.of(PlaceName.URL_IN_JSON, PlaceName.DOCUMENTED)
        .flatMap(name -> all.stream().filter(place -> place.name() == name))
        .toList();
  }

  private void known(VideoApi api) {
    places.add(new ContentLocation(PlaceName.DOCUMENTED, Search::documentedAddress, ASKED_ALREADY));
    places.add(new ContentLocation(PlaceName.URL_IN_JSON, Search::propertiesOfJob, NO_URL));
    places.add(
        api.isJobItsVideo()
            ? new ContentLocation(PlaceName.GENERATION, search -> List.of(), NO_GENERATION)
            : new ContentLocation(
                PlaceName.GENERATION,
                search -> api.video(search.id()).map(path -> own(api, path)).stream().toList(),
                Set.of(Source.PROPERTY),
                ASKED_ALREADY));
    places.add(
        new ContentLocation(PlaceName.URL_IN_HEADER, Search::headersOfJobAndGeneration, NO_URL));
    if (api.isJobItsVideo()) {
      places.add(
          new ContentLocation(PlaceName.GENERATION_CONTENT, search -> List.of(), DOCUMENTED_HERE));
    }
  }

  private void other(VideoApi api, OtherAddress address) {
    places.add(
        new ContentLocation(
            address.name(),
            search ->
                address.isOfJob() && search.hasSiblings()
                    ? List.of()
                    : List.of(own(api, address.path(search.jobId(), search.id()))),
            address.isOfJob() ? MANY_VIDEOS : ASKED_ALREADY));
  }

  private void ofOtherApis(VideoApi api) {
    places.add(
        new ContentLocation(
            PlaceName.OTHER_API,
            search ->
                VideoApis.ALL.stream()
                    .filter(other -> other != api)
                    .map(other -> own(other, other.content(search.id())))
                    .toList(),
            ASKED_ALREADY));
  }

  private Candidate own(VideoApi api, String path) {
    return Candidate.own(api, endpoint.at(path));
  }
}
