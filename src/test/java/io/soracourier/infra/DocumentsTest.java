package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents hold together: links lead somewhere, examples are what the schemas say. */
class DocumentsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProjectFile README = ProjectFile.read("README.md");

  @Test
  void relativeLinks_leadToFilesAndHeadingsThatExist() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (ProjectFile document : documents()) {
      for (String link :
          ProjectFile.all(
              prose(document),
              "(?:\\]\\(|\\bsrc(?:set)?=\")(?!https?:|mailto:)([^)\\s\"]+)[)\"]")) {
        links++;
        if (!exists(document.path(), link)) {
          broken.add(document.path() + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(links).isPositive();
  }

  @Test
  void documents_areReachedFromTheReadme() {
    Set<Path> reached = new TreeSet<>();
    reach(Path.of("README.md"), reached);

    assertThat(ProjectFile.below("docs", ".md")).extracting(ProjectFile::path).isSubsetOf(reached);
  }

  /** Everything that a reader looks for is found from one page. */
  @Test
  void indexOfDocuments_hasEachButRunsAndDecisions() {
    Path index = Path.of("docs/README.md");

    assertThat(links(index))
        .contains(Path.of("docs/architecture.md"), Path.of("docs/performance.md"));
    assertThat(ProjectFile.below("docs", ".md"))
        .extracting(ProjectFile::path)
        .filteredOn(
            path -> !path.startsWith("docs/benchmarks") && !path.startsWith("docs/decisions"))
        .filteredOn(path -> !path.equals(index))
        .isSubsetOf(links(index));
  }

  private static void reach(Path document, Set<Path> reached) {
    if (reached.add(document)) {
      links(document).forEach(linked -> reach(linked, reached));
    }
  }

  private static Set<Path> links(Path document) {
    return ProjectFile.read(document.toString())
        .all("\\]\\((?!https?:)([\\w./-]+\\.md)[)#]")
        .stream()
        .map(link -> document.resolveSibling(link).normalize())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void examplesOfMessages_holdToTheirSchemas() {
    Set<String> kinds = new TreeSet<>();
    for (ProjectFile document : documents()) {
      for (String block : ProjectFile.all(document.text(), "(?s)```json\\n(.*?)```")) {
        JsonNode example = json(document, block);
        String kind = kind(example);
        kinds.add(kind);
        if (!kind.isEmpty()) {
          assertThat(schema(kind).validate(example)).as(document.path() + ": " + block).isEmpty();
        }
      }
    }

    assertThat(kinds).contains("job-message", "video-message");
  }

  /** Else a reader fails on every outcome, and a Functions host sets each aside as poison. */
  @Test
  void readersInDotNet_findTheEncodingBesideEachConsumer() {
    for (String document : List.of("docs/reference/messages.md", "docs/how-to/send-and-read.md")) {
      assertThat(ProjectFile.read(document).text())
          .contains("`QueueMessageEncoding.None`")
          .contains("\"extensions\": { \"queues\": { \"messageEncoding\": \"none\" } }")
          .contains("plain UTF-8 text");
    }
  }

  /** A line that is continued in one shell is cut in two in the other. */
  @Test
  void deployBlockOfTheReadme_hasOneCommandALine() {
    assertThat(README.first("(?s)\\n## Deploy\\n.*?```bash\\n(.*?)```").lines())
        .isNotEmpty()
        .noneMatch(line -> line.endsWith("\\") || line.endsWith("`") || line.startsWith(" "))
        .noneMatch(line -> line.contains("<(") || line.contains("&& ") || line.contains("export "));
  }

  @Test
  void prerequisites_areWhatTheBuildAsksFor() {
    ProjectFile pom = ProjectFile.read("pom.xml");
    String maven = pom.first("(?s)<requireMavenVersion>\\s*<version>\\[([\\d.]+),\\)");
    String java = pom.first("(?s)<requireJavaVersion>\\s*<version>\\[([\\d.]+),\\)");
    String node =
        ProjectFile.read("src/local/java/io/soracourier/local/NodePackages.java")
            .first("OLDEST_NODE = (\\d+)");

    for (String document : List.of("README.md", "CONTRIBUTING.md", "docs/how-to/deploy.md")) {
      assertThat(ProjectFile.read(document).text())
          .contains("JDK " + java + " or newer")
          .contains("Maven " + maven + " or newer")
          .contains("Node.js " + node + " or newer");
    }
  }

  private static List<ProjectFile> documents() {
    return Stream.concat(
            topLevel().stream(),
            Stream.of("docs", "infra", "src")
                .flatMap(folder -> ProjectFile.below(folder, ".md").stream()))
        .filter(file -> !file.path().toString().contains("node_modules"))
        .toList();
  }

  private static List<ProjectFile> topLevel() {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .map(ProjectFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the project's folder cannot be listed", e);
    }
  }

  private static boolean exists(Path document, String link) {
    String file = link.replaceFirst("#.*", "");
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return !link.contains("#")
        || headings(ProjectFile.read(target.toString())).contains(link.replaceFirst(".*#", ""));
  }

  /** As GitHub makes the names of headings. */
  private static Set<String> headings(ProjectFile document) {
    return ProjectFile.all(prose(document), "^#{1,6} (.*)$").stream()
        .map(
            heading ->
                heading
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String prose(ProjectFile document) {
    return document.text().replaceAll("(?s)```.*?```", "");
  }

  private static JsonNode json(ProjectFile document, String block) {
    try {
      return JSON.readTree(block);
    } catch (IOException e) {
      throw new AssertionError(document.path() + ": an example is not JSON: " + block, e);
    }
  }

  /** Whose example it is; empty for what is no message of the courier's. */
  private static String kind(JsonNode example) {
    if (example.has("conclusion")) {
      return "diagnosis";
    }
    if (example.has("status") && example.has("jobId")) {
      return "video-message";
    }
    return example.has("jobId") ? "job-message" : "";
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(ProjectFile.read("docs/reference/schema/" + name + ".schema.json").json());
  }
}
