package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tag releases, and what renews what is pinned. */
class ReleaseTest {
  private static final ProjectFile RELEASE = ProjectFile.read(".github/workflows/release.yml");
  private static final String CHANGELOG =
      """
      # Changelog

      ## Unreleased

      - Not yet.

      ## 1.2.3 (2027-01-02)

      ### Changed

      - This.

      ## 1.2.30

      - That.

      ## 1.2.2

      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1.2.3, This.", "1.2.30, That."})
  void notesOfARelease_areItsSectionOfTheChangelog(String version, String line) throws IOException {
    Command notes = notes(version, CHANGELOG);

    assertThat(notes.exitCode()).isZero();
    assertThat(notes.lines()).contains("- " + line).noneMatch(other -> other.startsWith("## "));
    assertThat(notes.lines().stream().filter(other -> other.startsWith("- "))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.4", "1.2", "1.2.2", ".*", "1.2.3-rc1"})
  void versionWithoutNotes_isNotReleased(String version) throws IOException {
    Command notes = notes(version, CHANGELOG);

    assertThat(notes.exitCode()).isEqualTo(1);
    assertThat(notes.lines())
        .containsExactly(
            "CHANGELOG.md has no section \"## %s\" with anything in it: write it, and set the tag again"
                .formatted(version));
  }

  @Test
  void changelogOfThisProject_isReadSo() throws IOException {
    Command notes = notes("Unreleased", ProjectFile.read("CHANGELOG.md").text());

    assertThat(notes.exitCode()).isZero();
    assertThat(notes.lines()).contains("### Added", "### Changed");
  }

  /** The version goes from the tag through Maven into what is published, and is compared there. */
  @Test
  void release_hasTheVersionOfItsTag() {
    ProjectFile build = ProjectFile.read(".github/workflows/build.yml");

    assertThat(RELEASE.text())
        .contains("version: ${{ needs.notes.outputs.version }}")
        .contains(
            "[ \"$(jq --raw-output .metadata.component.version function-app.cdx.json)\" = \"$VERSION\" ]");
    assertThat(build.text()).contains("format('-Drevision={0}', inputs.version)");
    assertThat(ProjectFile.read("pom.xml").text())
        .contains("<version>${revision}</version>", "<revision>0.1.0-SNAPSHOT</revision>");
  }

  /** Who deploys a release believes the workflow that made it, and no upload by hand. */
  @Test
  void releaseThatIsDeployed_isVerifiedBefore() {
    String deploy = ProjectFile.read(".github/workflows/azure-dev.yml").text();

    assertThat(RELEASE.text()).contains("uses: actions/attest@", "attestations: write");
    assertThat(deploy.indexOf("gh attestation verify target/function-app.zip"))
        .isGreaterThan(deploy.indexOf("gh release download"))
        .isLessThan(deploy.indexOf("azd provision"));
    assertThat(deploy)
        .contains("/.github/workflows/release.yml\" --source-ref \"refs/tags/$RELEASE\"");
  }

  @Test
  void whatIsPinned_isRenewed() {
    ProjectFile dependabot = ProjectFile.read(".github/dependabot.yml");
    List<String> packages =
        ProjectFile.below("src", "package.json").stream()
            .map(file -> file.path().getParent())
            .filter(path -> !path.toString().contains("node_modules"))
            .map(path -> "/" + path)
            .sorted()
            .toList();

    assertThat(dependabot.all("package-ecosystem: (.*)$"))
        .containsExactlyInAnyOrder("github-actions", "maven", "npm");
    assertThat(packages).hasSizeGreaterThan(3);
    assertThat(List.of(dependabot.first("directories: \\[(.*)]$").split(", "))).isEqualTo(packages);
  }

  private Command notes(String version, String changelog) throws IOException {
    Path file = Files.writeString(directory.resolve("CHANGELOG.md"), changelog);
    Path script = Path.of(".github/release-notes.sh").toAbsolutePath();
    return Command.run(
        directory, List.of("sh", "-c", "'%s' '%s' < '%s'".formatted(script, version, file)));
  }
}
