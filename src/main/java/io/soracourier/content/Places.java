package io.soracourier.content;

import static io.soracourier.sora.VideoApi.SORA_1;

import io.soracourier.sora.Endpoint;
import io.soracourier.sora.VideoApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

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

  private Places() {}

  static List<Place> of(Endpoint endpoint, VideoApi api) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(DOCUMENTED, search -> List.of(search.generation().content())));
    places.add(new Place(PROPERTY, search -> uris(search.urlsInJob())));
    places.add(new Place(POLLING, search -> uris(search.urlsInGeneration())));
    places.add(new Place(HEADER, search -> uris(search.urlsInHeaders())));
    String base = endpoint.base().toString();
    if (api == SORA_1) {
      add(places, "manual test 3, /content", base + "/video/generations/{gen}/content", true);
      add(places, "manual test 4, /generations", base + "/generations/{gen}", true);
      add(places, "manual test 4, /generations", base + "/generations/{gen}/content", true);
      add(places, "the job's content", base + "/video/generations/jobs/{job}/content", true);
      addOne(
          places,
          "documented address, without api-version",
          base + "/video/generations/{gen}/content/video");
      addOne(places, "endpoint of the other API", base + "/videos/{gen}/content");
    } else {
      add(places, "manual test 3, /content/video", base + "/videos/{gen}/content/video", false);
      addOne(
          places, "documented address, with api-version", base + "/videos/{gen}/content" + VERSION);
      add(places, "manual test 4, /generations", base + "/generations/{gen}", false);
      add(places, "manual test 4, /generations", base + "/generations/{gen}/content", false);
      addOne(
          places,
          "endpoint of the other API",
          base + "/video/generations/{gen}/content/video" + VERSION);
    }
    return List.copyOf(places);
  }

  /** With and without api-version, the likelier first. */
  private static void add(List<Place> places, String name, String template, boolean versionFirst) {
    String shown =
        template.endsWith("/content") && name.endsWith("s") ? name + " and /content" : name;
    String with = shown + ", with api-version";
    String without = shown + ", without api-version";
    addOne(places, versionFirst ? with : without, versionFirst ? template + VERSION : template);
    addOne(places, versionFirst ? without : with, versionFirst ? template : template + VERSION);
  }

  private static void addOne(List<Place> places, String name, String template) {
    places.add(
        new Place(
            name,
            search ->
                List.of(
                    URI.create(
                        template.replace("{gen}", search.id()).replace("{job}", search.jobId())))));
  }

  private static List<URI> uris(List<FoundUrl> found) {
    return found.stream().map(FoundUrl::uri).toList();
  }
}
