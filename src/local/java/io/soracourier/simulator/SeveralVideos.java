package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What servers say of a job of several videos, each in its own way, once it is done. */
public final class SeveralVideos {
  private static final Set<String> SERVERS = Set.of("openrouter", "sglang", "sglang-s3", "bifrost");

  private SeveralVideos() {}

  /** Whether a server of this name is known to make several. */
  public static boolean isMadeBy(String server) {
    return SERVERS.contains(server);
  }

  /**
   * @param announced how many videos its JSON tells of; {@link JobBuilder#outputs} may be fewer
   */
  public static JobBuilder announced(JobBuilder job, String server, int announced) {
    return job.editJob(edit(server, announced));
  }

  private static Consumer<ObjectNode> edit(String server, int announced) {
    return switch (server) {
      case "openrouter" -> json -> repeat(json, "unsigned_urls", announced, "index=0", "index=%d");
      case "sglang" -> json -> json.put("num_outputs", announced);
      case "sglang-s3" -> json -> repeat(json, "urls", announced, ".mp4", "-%d.mp4");
      case "bifrost" -> json -> further(json, announced);
      default -> throw new IllegalArgumentException(server + " makes one video a job");
    };
  }

  private static void further(ObjectNode json, int announced) {
    if (json.has("videos")) {
      ArrayNode videos = json.withArray("videos");
      IntStream.range(1, announced)
          .forEach(
              k -> videos.addObject().put("type", "url").put("url", "https://files.test/" + k));
    }
  }

  private static void repeat(ObjectNode json, String list, int times, String of, String with) {
    if (!json.path(list).isEmpty()) {
      ArrayNode urls = json.withArray(list);
      String first = urls.get(0).asText();
      IntStream.range(1, times).forEach(k -> urls.add(first.replace(of, with.formatted(k))));
    }
  }
}
