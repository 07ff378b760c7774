package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  @TempDir Path directory;

  @Test
  void executable_isDistinguishedFromALauncherByItsFirstBytes() throws IOException {
    Path executable = Files.write(directory.resolve("a"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
    Path launcher = Files.writeString(directory.resolve("b"), "#!/bin/sh\n");

    assertThat(Program.kindOf(executable)).isEqualTo(Program.Kind.NATIVE);
    assertThat(Program.kindOf(launcher)).isEqualTo(Program.Kind.JVM);
  }

  @Test
  void launcherNamedAsNative_isRefused() throws IOException {
    Path launcher = Files.writeString(directory.resolve("b"), "#!/bin/sh\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();

    assertThatThrownBy(
            () -> Program.find(BenchOptions.of(Map.of("bench.native", launcher.toString()))))
        .hasMessageEndingWith("is no executable of the kind 'native'");
  }

  @Test
  void heap_isReportedWhereItIsSet() {
    Program jvm = new Program(Program.Kind.JVM, directory);

    assertThat(jvm.title("96m")).isEqualTo("courier, JVM, -Xmx96m");
    assertThat(jvm.heapSetting("96m").get("JAVA_OPTS")).endsWith(" -Xmx96m");
    assertThat(new Program(Program.Kind.NATIVE, directory).heapSetting("96m")).isEmpty();
  }
}
