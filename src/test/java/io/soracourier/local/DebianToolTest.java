package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianToolTest {
  @TempDir Path folder;

  @Test
  void missingProgram_isNamedWithItsPackage() throws IOException {
    Files.createFile(folder.resolve("ffmpeg")); // which cannot be executed

    assertThatThrownBy(() -> DebianTool.FFMPEG.find(folder.toString()))
        .isInstanceOf(LocalStackException.class)
        .hasMessage("ffmpeg is not on the PATH, and this test runs it: apt-get install ffmpeg");
  }

  @Test
  void programOfAnotherName_isFoundWhereverItIs() throws IOException {
    Path chrome = Files.createFile(folder.resolve("google-chrome"));
    assertThat(chrome.toFile().setExecutable(true)).isTrue();

    assertThat(DebianTool.CHROMIUM.find("/nowhere" + File.pathSeparator + folder))
        .isEqualTo(chrome);
  }
}
