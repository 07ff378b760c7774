package io.soracourier.sora;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shapes of the API that are known, in the order in which they are tried. */
public final class VideoApis {
  public static final VideoApi SORA_1 = new Sora1Api();
  public static final VideoApi VIDEOS = new VideosApi();

  /** Ids that none recognises are most likely of the last one. */
  public static final List<VideoApi> ALL = List.of(SORA_1, VIDEOS);

  private VideoApis() {}

  /** The one whose form the id has; ids of an unknown form are more likely of the newest. */
  public static VideoApi likely(JobId id) {
    return ALL.stream().filter(api -> api.recognises(id)).findFirst().orElse(VIDEOS);
  }

  /** All of them, the likeliest for this id first. */
  public static List<VideoApi> inOrder(JobId id) {
    List<VideoApi> order = new ArrayList<>(ALL);
    VideoApi likely = likely(id);
    order.remove(likely);
    order.add(0, likely);
    return List.copyOf(order);
  }

  /** The one of this name, which people also write in upper case or with an underscore. */
  public static Optional<VideoApi> named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return ALL.stream().filter(api -> api.name().equals(plain)).findFirst();
  }
}
