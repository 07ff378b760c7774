package io.soracourier.bench;

import static io.soracourier.bench.Shell.quoted;

import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ways of other programs, each a line of shell. */
final class ShellWays {
  static final String PIPE = "curl | curl";
  static final String RCLONE = "rclone copyurl";
  static final String FILE = "download to a file, then upload";

  private static final String REMOTE = "BENCH";
  private static final String GET = "curl -sSf ";

  /** One Put Blob, its length told beforehand, as the service wants it. */
  private static final String PUT =
      "curl -sSf -o /dev/null -H 'x-ms-version: 2021-06-08' -H 'x-ms-blob-type: BlockBlob'"
          + " -H 'Content-Type: video/mp4' -H 'Expect:' ";

  private final BenchStack stack;
  private final Path directory;
  private final Passage passage;

  ShellWays(BenchStack stack, Path directory) {
    this(stack, directory, Passage.direct());
  }

  ShellWays(BenchStack stack, Path directory, Passage passage) {
    this.stack = stack;
    this.directory = directory;
    this.passage = passage;
  }

  /** Those whose programs this machine has. */
  List<Way> all() {
    List<Way> ways = new ArrayList<>();
    if (Tools.curl().isPresent()) {
      ways.add(new Line(PIPE, new Shell(directory, curlSettings()), this::pipe));
      ways.add(new Line(FILE, new Shell(directory, curlSettings()), this::file));
    }
    if (Tools.rclone().isPresent()) {
      ways.add(new Line(RCLONE, new Shell(directory, rcloneSettings()), this::rclone));
    }
    return ways;
  }

  /** The line of one way, and what its programs see. */
  record Loop(String title, Map<String, String> environment, Function<SimulatedJob, String> line) {}

  /** The ways that are compared in throughput. */
  List<Loop> loops() {
    List<Loop> loops = new ArrayList<>();
    if (Tools.curl().isPresent()) {
      loops.add(new Loop(PIPE, curlSettings(), this::pipe));
    }
    if (Tools.rclone().isPresent()) {
      loops.add(new Loop(RCLONE, rcloneSettings(), this::rclone));
    }
    return loops;
  }

  private String pipe(SimulatedJob job) {
    return GET
        + quoted(contentUri(job))
        + " | "
        + PUT
        + "-H 'Transfer-Encoding:' -H 'Content-Length: %d' ".formatted(job.video().length())
        + "-T - "
        + quoted(passage.to(stack.signedBlobUrl(job)));
  }

  private String file(SimulatedJob job) {
    return GET
        + "-o video.mp4 "
        + quoted(contentUri(job))
        + " && "
        + PUT
        + "-T video.mp4 "
        + quoted(passage.to(stack.signedBlobUrl(job)))
        + " && rm video.mp4";
  }

  private String rclone(SimulatedJob job) {
    return "rclone --config '' --retries 1 copyurl %s %s"
        .formatted(
            quoted(contentUri(job)),
            quoted(
                REMOTE.toLowerCase(java.util.Locale.ROOT)
                    + ":"
                    + stack.containerName()
                    + "/"
                    + BenchStack.blobName(job)));
  }

  private String contentUri(SimulatedJob job) {
    return passage.to(stack.contentUri(job).toString());
  }

  private Map<String, String> curlSettings() {
    return passage.trusted() == null
        ? Map.of()
        : Map.of("CURL_CA_BUNDLE", passage.trusted().toString());
  }

  private Map<String, String> rcloneSettings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("RCLONE_CONFIG_" + REMOTE + "_TYPE", "azureblob");
    settings.put("RCLONE_CONFIG_" + REMOTE + "_SAS_URL", passage.to(stack.signedServiceUrl()));
    if (passage.trusted() != null) {
      settings.put("SSL_CERT_FILE", passage.trusted().toString());
    }
    return settings;
  }

  private record Line(String title, Shell shell, Function<SimulatedJob, String> line)
      implements Way {
    @Override
    public Usage copy(SimulatedJob job) {
      return shell.run(line.apply(job));
    }
  }
}
