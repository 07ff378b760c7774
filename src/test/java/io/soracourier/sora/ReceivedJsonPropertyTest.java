package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.local.SeedSource;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: JSON of any kind with long strings in it, in any pieces. */
class ReceivedJsonPropertyTest {
  private static final int CASES = 60;
  private static final int MAX_DEPTH = 4;

  /** Characters and a half that may follow each other in a string. */
  private static final List<String> CHARACTERS =
      List.of("a", "A", "0", "u", " ", "\"", "\\", "/", "\n", "\t", "é", "船", "😀", "\u2028", "{");

  private static final List<Charset> ENCODINGS =
      List.of("UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE").stream()
          .map(Charset::forName)
          .toList();

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void longStringsInAnyPieces_areCutAndAllElseIsAsItWas(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES; i++) {
      JsonNode json = json(random);
      Charset encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
      // Without the mark only ASCII tells UTF-16 and UTF-32.
      String mark = encoding.equals(StandardCharsets.UTF_8) ? "" : "\uFEFF";
      byte[] bytes = (mark + written(json, random)).getBytes(encoding);

      JsonNode kept = ServiceJson.read(received(bytes, random));

      assertCut(json, kept);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void bytesOfAnyKindInAnyPieces_areKeptAlikeAndNoMoreThanThereIsRoomFor(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = new byte[random.nextInt(300_000)];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length && random.nextInt(5) > 0; at += 1 + random.nextInt(99)) {
        bytes[at] = (byte) "\"\\u0d{".charAt(random.nextInt(6));
      }

      assertThat(received(bytes, random))
          .isEqualTo(received(bytes, random))
          .hasSizeLessThanOrEqualTo(ReceivedJson.MAX_KEPT + 4);
    }
  }

  private static void assertCut(JsonNode whole, JsonNode kept) {
    assertThat(kept.getNodeType()).isEqualTo(whole.getNodeType());
    if (whole.isTextual()) {
      assertCut(whole.textValue(), kept.textValue());
    } else if (whole.isObject()) {
      List<String> names = names(whole);
      assertThat(names(kept)).hasSameSizeAs(names);
      for (int i = 0; i < names.size(); i++) {
        assertCut(names.get(i), names(kept).get(i));
        assertCut(whole.get(names.get(i)), kept.get(names(kept).get(i)));
      }
    } else if (whole.isArray()) {
      assertThat(kept).hasSameSizeAs(whole);
      for (int i = 0; i < whole.size(); i++) {
        assertCut(whole.get(i), kept.get(i));
      }
    } else {
      assertThat(kept).isEqualTo(whole);
    }
  }

  /** A character takes up to twelve bytes, as two escapes, and up to 48 as these in UTF-32. */
  private static void assertCut(String whole, String kept) {
    if (kept.length() < whole.length()) {
      assertThat(whole).startsWith(kept);
      assertThat(kept.length()).isBetween(ReceivedJson.MAX_FURTHER_STRING / 48, 64 * 1024 + 12);
      assertThat(Character.isHighSurrogate(kept.charAt(kept.length() - 1))).isFalse();
    } else {
      assertThat(kept).isEqualTo(whole);
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String received(byte[] bytes, SplittableRandom random) {
    ReceivedJson json = new ReceivedJson();
    int longest = 1 + random.nextInt(random.nextBoolean() ? 7 : 40_000);
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
      assertThat(json.add(Arrays.copyOfRange(bytes, at, end))).isTrue();
      at = end;
    }
    assertThat(json.problem()).isEmpty();
    return json.text();
  }

  private static JsonNode json(SplittableRandom random) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", "video_1");
    json.set("any", value(random, 0));
    return json.put("long", text(random, 1 + random.nextInt(90_000))).put("status", "completed");
  }

  private static JsonNode value(SplittableRandom random, int depth) {
    switch (random.nextInt(depth < MAX_DEPTH ? 6 : 4)) {
      case 0:
        return JsonNodeFactory.instance.numberNode(random.nextInt());
      case 1:
        return random.nextBoolean()
            ? JsonNodeFactory.instance.nullNode()
            : JsonNodeFactory.instance.booleanNode(random.nextBoolean());
      case 2:
        return JsonNodeFactory.instance.textNode(text(random, random.nextInt(20)));
      case 3:
        return JsonNodeFactory.instance.textNode(
            random.nextInt(20) == 0 ? text(random, random.nextInt(70_000)) : "");
      case 4:
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth + 1));
        }
        return array;
      default:
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          int length = random.nextInt(30) == 0 ? random.nextInt(70_000) : random.nextInt(9);
          object.set(i + text(random, length), value(random, depth + 1));
        }
        return object;
    }
  }

  private static String text(SplittableRandom random, int length) {
    int kinds = 1 + random.nextInt(CHARACTERS.size());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.get(CHARACTERS.size() - 1 - random.nextInt(kinds)));
    }
    return text.toString();
  }

  /** As servers write it: with white space, and with more or fewer escapes. */
  private static String written(JsonNode json, SplittableRandom random) {
    String text = random.nextBoolean() ? json.toString() : json.toPrettyString();
    return switch (random.nextInt(3)) {
      case 0 -> text;
      case 1 -> text.replace("/", "\\/");
      default ->
          text.chars()
              .mapToObj(c -> c < 128 ? String.valueOf((char) c) : "\\u%04X".formatted(c))
              .collect(Collectors.joining());
    };
  }
}
