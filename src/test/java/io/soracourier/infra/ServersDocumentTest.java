package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.ServerProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/servers.md says what the tests of the servers do: one row a profile, with its
 * settings.
 */
class ServersDocumentTest {
  private static final ProjectFile DOCUMENT = ProjectFile.read("docs/reference/servers.md");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| ([^|`]+) \\| `([a-z0-9-]+)` \\| `([^`|]+)` \\| ([^|]+) \\| ([^|]+) \\| [^|]+ \\|$",
          Pattern.MULTILINE);

  private record Row(String title, String name, String endpoint, String key, String settings) {
    static Row of(MatchResult row) {
      return new Row(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5));
    }

    Map<String, String> namedSettings() {
      Map<String, String> named = new TreeMap<>();
      if (!settings.equals("none")) {
        Arrays.stream(settings.split(", (?=`)"))
            .map(setting -> setting.replace("`", "").split("=", 2))
            .forEach(setting -> named.put(setting[0], setting[1]));
      }
      return named;
    }
  }

  @Test
  void everyServer_hasARowAndEveryRowAServer() {
    assertThat(rows())
        .extracting(Row::name)
        .containsExactlyElementsOf(ServerProfile.all().stream().map(ServerProfile::name).toList());
  }

  /** ServersIT runs with these, the simulator's address in place of the server's. */
  @Test
  void rows_haveTheEndpointTheKeyAndTheSettingsThatTheTestsUse() {
    for (Row row : rows()) {
      ServerProfile server = ServerProfile.named(row.name());

      assertThat(row.title()).isEqualTo(server.title());
      assertThat(row.endpoint()).isEqualTo(server.endpoint());
      assertThat(row.key()).as(row.name()).isEqualTo(server.isAnonymous() ? "`none`" : "its key");
      assertThat(row.namedSettings()).as(row.name()).isEqualTo(server.settings());
    }
  }

  @Test
  void everyLineOfTheTable_isARow() {
    assertThat(rows()).hasSameSizeAs(DOCUMENT.text().lines().filter(this::isOfAServer).toList());
  }

  private boolean isOfAServer(String line) {
    return line.startsWith("| ") && !line.startsWith("| server ");
  }

  @Test
  void classesThatTheDocumentNames_exist() {
    assertThat(DOCUMENT.all("`(\\w+IT)`"))
        .isEqualTo(
            ProjectFile.below("src/test/java", "IT.java").stream()
                .map(file -> file.path().getFileName().toString().replace(".java", ""))
                .filter(name -> DOCUMENT.text().contains("`" + name + "`"))
                .collect(Collectors.toSet()));
  }

  @Test
  void status_namesEveryServer() {
    String status = DOCUMENT.first("^(\\*\\*How far this has been tried\\..*)$");

    assertThat(ServerProfile.all())
        .allSatisfy(server -> assertThat(status).contains(server.title().replaceFirst(",.*", "")));
  }

  private static List<Row> rows() {
    return ROW.matcher(DOCUMENT.text()).results().map(Row::of).toList();
  }
}
