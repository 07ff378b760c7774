package io.soracourier.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Command;
import io.soracourier.local.DebianTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Small videos in every layout that the installed ffmpeg writes: each of its {@code movflags} by
 * itself and with fragments of both kinds, its other containers of this family, and the segments of
 * DASH and HLS, in one file or one after the other.
 */
final class Mp4Corpus {
  private static final String KEYFRAMES = "+frag_keyframe";
  private static final String FRAGMENTS = KEYFRAMES + "+empty_moov";
  private static final Pattern FLAG = Pattern.compile("(?m)^ {5}(\\w+) +E\\.");

  private final Path directory;
  private final List<String> outputs = new ArrayList<>();

  private Mp4Corpus(Path directory) {
    this.directory = directory;
  }

  /** Their bytes, by the options that gave them. */
  static Map<String, byte[]> in(Path directory) throws IOException {
    return new Mp4Corpus(directory).make();
  }

  private Map<String, byte[]> make() throws IOException {
    ffmpeg(
        words(
            "-f lavfi -i testsrc=size=32x32:rate=4:duration=2 -f lavfi -i sine=duration=2"
                + " -c:v libx264 -preset ultrafast -g 4 -c:a aac -b:a 16k source.mp4"));
    flags().forEach(this::flag);
    Stream.of("+frag_every_frame", "+dash" + KEYFRAMES + "+global_sidx", "+separate_moof+dash")
        .forEach(flags -> output("mp4", "-movflags", flags));
    output("mp4", "-frag_duration", "300000", "-movflags", "+empty_moov");
    output("mp4", "-write_prft", "wallclock", "-movflags", FRAGMENTS);
    output("mp4", "-write_prft", "pts", "-movflags", "+dash" + KEYFRAMES);
    output("mp4", "-moov_size", "20000");
    for (String container : List.of("mov", "3gp", "3g2", "ipod", "f4v", "psp", "ismv")) {
      output(container);
      output(container, "-movflags", FRAGMENTS);
    }
    List<String> all = new ArrayList<>(List.of("-i", "source.mp4"));
    all.addAll(outputs);
    ffmpeg(all);
    Map<String, byte[]> videos = new LinkedHashMap<>();
    for (Path file : files("video-")) {
      videos.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    segments(videos);
    return videos;
  }

  /** All that this ffmpeg knows, so that a newer one brings its own layouts along. */
  private List<String> flags() {
    String help = String.join("\n", run(words("-h muxer=mp4")).lines());
    String flags = help.substring(help.indexOf("  -movflags "), help.indexOf("  -moov_size "));
    return FLAG.matcher(flags).results().map(flag -> flag.group(1)).toList();
  }

  private void flag(String flag) {
    if (!flag.equals("isml")) { // which without fragments gives a file that ffmpeg cannot read
      output("mp4", "-movflags", "+" + flag);
    }
    output("mp4", "-movflags", "+" + flag + KEYFRAMES);
    output("mp4", "-movflags", "+" + flag + FRAGMENTS);
  }

  private void output(String container, String... options) {
    outputs.addAll(List.of("-map", "0", "-c", "copy", "-f", container));
    outputs.addAll(List.of(options));
    outputs.add("video-" + container + String.join(" ", options));
  }

  private void segments(Map<String, byte[]> videos) throws IOException {
    String copy = "-i source.mp4 -map 0:v -c copy ";
    String hls = "-f hls -hls_segment_type fmp4 -hls_time 1 ";
    ffmpeg(words(copy + "-f dash -seg_duration 1 -single_file 1 dash.mpd"));
    videos.put("dash, one file", Files.readAllBytes(directory.resolve("dash-stream0.mp4")));
    ffmpeg(words(copy + "-f dash -seg_duration 1 segments.mpd"));
    videos.put("dash, segments", joined("init-stream0.m4s", "chunk-stream0-"));
    ffmpeg(words(copy + hls + "-hls_flags single_file hls.m3u8"));
    videos.put("hls, one file", Files.readAllBytes(directory.resolve("hls.m4s")));
    ffmpeg(words(copy + hls + "-hls_segment_filename part%d.m4s parts.m3u8"));
    videos.put("hls, segments", joined("init.mp4", "part"));
  }

  private byte[] joined(String first, String others) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Files.readAllBytes(directory.resolve(first)));
    for (Path file : files(others)) {
      if (file.toString().endsWith(".m4s")) {
        all.writeBytes(Files.readAllBytes(file));
      }
    }
    return all.toByteArray();
  }

  private List<Path> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private void ffmpeg(List<String> options) {
    Command command = run(options);
    assertThat(command.exitCode()).as("%s: %s", options, command.lines()).isZero();
  }

  private Command run(List<String> options) {
    List<String> words = new ArrayList<>(List.of(DebianTool.FFMPEG.path().toString()));
    words.addAll(List.of("-v", "error", "-nostdin", "-y"));
    words.addAll(options);
    return Command.run(directory, words);
  }

  private static List<String> words(String options) {
    return List.of(options.split(" "));
  }
}
