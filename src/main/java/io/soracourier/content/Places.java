package io.soracourier.content;

import static io.soracourier.sora.VideoApi.SORA_1;

import io.soracourier.content.FoundUrl.Source;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.VideoApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where content may be, in the order of likelihood: the documented endpoint first, which is all
 * that a healthy job needs; then what the service's own answers point to; then the other endpoints
 * that are in circulation. The names are those under which people know these tries.
 */
final class Places {
  static final String DOCUMENTED = "documented endpoint";
  static final String PROPERTY = "option 1, another property: a URL in the job's JSON";
  static final String POLLING = "manual test 2 and option 2, polling the generation";
  static final String HEADER = "option 3, a header: a URL in Location or Content-Location";

  private static final String VERSION = "?api-version=preview";
  private static final String NO_URL = "the answers name no URL there that was not asked above";
  private static final String NO_GENERATION =
      "in this API a video is its own job: there is no generation to ask besides";
  private static final String ASKED_ABOVE = "the same address as one above";
  private static final String MANY_VIDEOS =
      "one address for all videos of a job cannot tell them apart, and this job has several";

  private final String base;
  private final List<Place> places = new ArrayList<>();

  private Places(Endpoint endpoint) {
    this.base = endpoint.base().toString();
  }

  static List<Place> of(Endpoint endpoint, VideoApi api) {
    Places places = new Places(endpoint);
    places.known(api);
    if (api == SORA_1) {
      places.otherShapesOfSora1();
    } else {
      places.otherShapesOfVideos();
    }
    return List.copyOf(places.places);
  }

  private void known(VideoApi api) {
    places.add(new Place(DOCUMENTED, Search::documentedAddress, ASKED_ABOVE));
    places.add(new Place(PROPERTY, Search::propertiesOfJob, NO_URL));
    places.add(
        api == SORA_1
            ? new Place(
                POLLING,
                search -> List.of(candidate(search, "/video/generations/{gen}" + VERSION)),
                Set.of(Source.PROPERTY),
                ASKED_ABOVE)
            : new Place(POLLING, search -> List.of(), NO_GENERATION));
    places.add(new Place(HEADER, Search::headersOfJobAndGeneration, NO_URL));
  }

  private void otherShapesOfSora1() {
    both("manual test 3, /content", "/video/generations/{gen}/content", true);
    both("manual test 4, /generations", "/generations/{gen}", true);
    both("manual test 4, /generations and /content", "/generations/{gen}/content", true);
    both("the job's content", "/video/generations/jobs/{job}/content", true);
    one("documented address, without api-version", "/video/generations/{gen}/content/video");
    one("endpoint of the other API", "/videos/{gen}/content");
  }

  private void otherShapesOfVideos() {
    both("manual test 3, /content/video", "/videos/{gen}/content/video", false);
    one("documented address, with api-version", "/videos/{gen}/content" + VERSION);
    both("manual test 4, /generations", "/generations/{gen}", false);
    both("manual test 4, /generations and /content", "/generations/{gen}/content", false);
    one("endpoint of the other API", "/video/generations/{gen}/content/video" + VERSION);
  }

  /** With and without api-version, the likelier first. */
  private void both(String name, String template, boolean versionFirst) {
    String with = name + ", with api-version";
    String without = name + ", without api-version";
    one(versionFirst ? with : without, versionFirst ? template + VERSION : template);
    one(versionFirst ? without : with, versionFirst ? template : template + VERSION);
  }

  private void one(String name, String template) {
    boolean ofJob = template.contains("{job}");
    places.add(
        new Place(
            name,
            search ->
                ofJob && search.hasSiblings() ? List.of() : List.of(candidate(search, template)),
            ofJob ? MANY_VIDEOS : ASKED_ABOVE));
  }

  private Candidate candidate(Search search, String template) {
    return Candidate.of(
        base + template.replace("{gen}", search.id()).replace("{job}", search.jobId()));
  }
}
