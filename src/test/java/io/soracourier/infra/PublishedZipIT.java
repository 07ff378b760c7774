package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Executable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What azd publishes is, byte for byte, the folder that the end-to-end tests run. */
@Execution(ExecutionMode.SAME_THREAD)
class PublishedZipIT {
  private static final Path ZIP = Path.of(ProjectFile.read("azure.yaml").first("^ +dist: (\\S+)$"));
  private static final Path TESTED = Path.of("target/function-app");

  @Test
  void zipOfAzureYaml_holdsTheTestedFolder() throws IOException {
    try (FileSystem zip = open()) {
      assertThat(files(zip.getPath("/"))).isEqualTo(files(TESTED)).containsKey("host.json");
    }
  }

  @Test
  void executable_keepsItsExecuteBits() throws IOException {
    String executable =
        ProjectFile.read("host.json")
            .json()
            .at("/customHandler/description/defaultExecutablePath")
            .asText();
    try (FileSystem zip = open()) {
      Object permissions = Files.getAttribute(zip.getPath("/", executable), "zip:permissions");

      assertThat((Set<?>) permissions)
          .asInstanceOf(InstanceOfAssertFactories.set(PosixFilePermission.class))
          .contains(
              PosixFilePermission.OWNER_EXECUTE,
              PosixFilePermission.GROUP_EXECUTE,
              PosixFilePermission.OTHERS_EXECUTE);
    }
  }

  /** With a carriage return in it, no system finds its interpreter. */
  @Test
  void launcher_hasTheLinesOfTheSystemItRunsOn() throws IOException {
    try (FileSystem zip = open()) {
      byte[] launcher = Files.readAllBytes(zip.getPath("/sora-courier"));

      if (!Executable.isNative(TESTED.resolve("sora-courier"))) {
        assertThat(new String(launcher, StandardCharsets.UTF_8))
            .startsWith("#!/bin/sh\n")
            .doesNotContain("\r");
      }
    }
    assertThat(ProjectFile.read(".gitattributes").all("^(\\* .*)$"))
        .containsExactly("* text=auto eol=lf");
  }

  private static FileSystem open() throws IOException {
    return FileSystems.newFileSystem(
        URI.create("jar:" + ZIP.toUri()), Map.of("enablePosixFileAttributes", "true"));
  }

  /** Path to content. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(root.relativize(file).toString(), sha256(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
