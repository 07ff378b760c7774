package io.soracourier.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Mp4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walk over the layouts that ffmpeg writes, whole and truncated between two boxes. */
class Mp4LayoutsIT {
  private static final Set<String> ANNOUNCING = Set.of("moof", "styp", "sidx", "prft", "emsg");

  /** A row of the only table with this heading. */
  private static final Pattern LISTED =
      Pattern.compile(
          "(?:\\| the file ends \\| .*\\n\\|---\\|---\\|\\n|\\G)\\| ([^|]+) \\| [^|]+ \\|\\n");

  @TempDir static Path directory;
  private static Map<String, byte[]> corpus;

  /** The truncations that are not detected, as docs/concepts/reliability.md lists them. */
  private enum Undetectable {
    BETWEEN_FRAGMENTS("between two fragments"),
    BEFORE_ANOTHER_MDAT("before another `mdat`"),
    BEFORE_THE_LAST_BOX("before a last box without pictures"),
    MDAT_FIRST("after a `moof` of a file whose first `mdat` comes before it");

    private final String name;

    Undetectable(String name) {
      this.name = name;
    }
  }

  @BeforeAll
  static void make() throws IOException {
    corpus = Mp4Corpus.in(directory);
    corpus.put("committed", Mp4.genuine("fragmented").bytes());
  }

  static Set<String> layouts() {
    return corpus.keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void everyLayout_isWholeHoweverItIsSplit(String layout) {
    byte[] video = corpus.get(layout);
    SplittableRandom random = new SplittableRandom(20_261_126);

    assertThat(WalkVerdict.of(video, () -> video.length)).as(layout).isEmpty();
    assertThat(WalkVerdict.of(video, () -> 1)).isEmpty();
    for (int i = 0; i < 10; i++) {
      assertThat(WalkVerdict.of(video, () -> 1 + random.nextInt(300))).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void everyTruncationBetweenBoxes_isDetectedUnlessTheDocumentSaysNot(String layout) {
    byte[] video = corpus.get(layout);
    List<Box> boxes = Box.of(video);
    for (int i = 1; i < boxes.size(); i++) {
      byte[] truncated = Arrays.copyOf(video, boxes.get(i).start());
      boolean isUndetectable =
          !undetectable(boxes.subList(0, i), boxes.subList(i, boxes.size())).isEmpty();

      for (int piece : new int[] {truncated.length, 1, 7}) {
        assertThat(WalkVerdict.of(truncated, () -> piece).isEmpty())
            .as("%s, truncated before %s at %d", layout, boxes.get(i), boxes.get(i).start())
            .isEqualTo(isUndetectable);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void everyTruncationAroundTheEdgeOfABox_isDetected(String layout) {
    byte[] video = corpus.get(layout);
    for (Box box : Box.of(video)) {
      for (int length : new int[] {box.start() + 1, box.start() + 7, box.end() - 1}) {
        assertThat(WalkVerdict.of(Arrays.copyOf(video, length), () -> 100))
            .as("%s, truncated inside %s after %d bytes", layout, box, length)
            .isPresent();
      }
    }
  }

  @Test
  void corpus_hasEveryKindOfLayout() {
    Set<String> sequences =
        corpus.values().stream()
            .map(video -> Box.of(video).stream().map(Box::type).collect(Collectors.joining(" ")))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(corpus).hasSizeGreaterThan(80);
    assertThat(sequences)
        .hasSizeGreaterThan(20)
        .contains(
            "ftyp free mdat moov",
            "ftyp wide mdat moov",
            "ftyp moov free mdat",
            "ftyp moov moof mdat moof mdat",
            "ftyp moov moof mdat moof mdat mfra",
            "ftyp moov sidx moof mdat sidx moof mdat",
            "ftyp moov styp sidx moof mdat styp sidx moof mdat")
        .anyMatch(sequence -> sequence.contains("moov sidx sidx moof mdat moof mdat"))
        .anyMatch(sequence -> sequence.contains("moov mdat moof mdat"))
        .anyMatch(sequence -> sequence.contains("prft moof mdat"))
        .anyMatch(sequence -> sequence.contains("uuid"));
  }

  /** And nothing else does the document list but what is inside a last box. */
  @Test
  void truncationsThatAreNotDetected_areThoseOfTheDocument() throws IOException {
    List<String> listed = new ArrayList<>(List.of("inside a last box of size 0"));
    Arrays.stream(Undetectable.values()).forEach(kind -> listed.add(kind.name));

    assertThat(
            LISTED
                .matcher(Files.readString(Path.of("docs/concepts/reliability.md")))
                .results()
                .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  /** What the document says of a file that ends between these boxes; empty: it is detected. */
  private static Set<Undetectable> undetectable(List<Box> received, List<Box> lost) {
    Set<Undetectable> kinds = EnumSet.noneOf(Undetectable.class);
    boolean index = received.stream().anyMatch(box -> box.type().equals("moov"));
    boolean pictures =
        received.stream().anyMatch(box -> box.type().equals("mdat") && box.content() > 0);
    if (!index || !pictures) {
      return kinds;
    }
    boolean mdatFirst = first(received, "mdat") < first(received, "moof");
    if (ANNOUNCING.contains(received.get(received.size() - 1).type())) {
      if (mdatFirst) {
        kinds.add(Undetectable.MDAT_FIRST);
      }
      return kinds;
    }
    String next = lost.get(0).type();
    if (ANNOUNCING.contains(next)) {
      kinds.add(Undetectable.BETWEEN_FRAGMENTS);
    } else if (next.equals("mdat")) {
      kinds.add(Undetectable.BEFORE_ANOTHER_MDAT);
    } else if (lost.stream()
        .noneMatch(box -> Set.of("moov", "moof", "mdat").contains(box.type()))) {
      kinds.add(Undetectable.BEFORE_THE_LAST_BOX);
    }
    return kinds;
  }

  /** Where the first box of a type is; behind all of them when there is none. */
  private static int first(List<Box> boxes, String type) {
    List<String> types = boxes.stream().map(Box::type).toList();
    return types.contains(type) ? types.indexOf(type) : boxes.size();
  }
}
