package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
  @TempDir Path directory;

  @Test
  void line_runsInItsDirectoryWithItsEnvironment() {
    new Shell(directory, Map.of("NAME", "video")).run("touch \"$NAME\".mp4");

    assertThat(directory.resolve("video.mp4")).exists();
  }

  @Test
  void lineThatFails_showsItsOutputAndNoArgument() {
    assertThatThrownBy(() -> new Shell(directory, Map.of()).run("false 'a secret'"))
        .isInstanceOf(BenchException.class)
        .hasMessageStartingWith("false ended with 1: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void quotedWord_isOneWordWhateverIsInIt() {
    new Shell(directory, Map.of()).run("touch " + Shell.quoted("it's $HOME & more"));

    assertThat(directory.resolve("it's $HOME & more")).exists();
  }
}
