package io.soracourier.bench;

import static io.soracourier.bench.Shell.quoted;

import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
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

  ShellWays(BenchStack stack, Path directory) {
    this.stack = stack;
    this.directory = directory;
  }

  /** Those whose programs this machine has. */
  List<Way> all() {
    List<Way> ways = new ArrayList<>();
    if (Tools.curl().isPresent()) {
      ways.add(new Line(PIPE, new Shell(directory, Map.of()), this::pipe));
      ways.add(new Line(FILE, new Shell(directory, Map.of()), this::file));
    }
    if (Tools.rclone().isPresent()) {
      ways.add(new Line(RCLONE, new Shell(directory, rcloneSettings()), this::rclone));
    }
    return ways;
  }

  private String pipe(SimulatedJob job) {
    return GET
        + quoted(stack.contentUri(job))
        + " | "
        + PUT
        + "-H 'Transfer-Encoding:' -H 'Content-Length: %d' ".formatted(job.video().length())
        + "-T - "
        + quoted(stack.signedBlobUrl(job));
  }

  private String file(SimulatedJob job) {
    return GET
        + "-o video.mp4 "
        + quoted(stack.contentUri(job))
        + " && "
        + PUT
        + "-T video.mp4 "
        + quoted(stack.signedBlobUrl(job))
        + " && rm video.mp4";
  }

  private String rclone(SimulatedJob job) {
    return "rclone --config '' --retries 1 copyurl %s %s"
        .formatted(
            quoted(stack.contentUri(job)),
            quoted(
                REMOTE.toLowerCase(java.util.Locale.ROOT)
                    + ":"
                    + stack.containerName()
                    + "/"
                    + BenchStack.blobName(job)));
  }

  private Map<String, String> rcloneSettings() {
    return Map.of(
        "RCLONE_CONFIG_" + REMOTE + "_TYPE",
        "azureblob",
        "RCLONE_CONFIG_" + REMOTE + "_SAS_URL",
        stack.signedServiceUrl());
  }

  private record Line(String title, Shell shell, Function<SimulatedJob, String> line)
      implements Way {
    @Override
    public Usage copy(SimulatedJob job) {
      return shell.run(line.apply(job));
    }
  }
}
