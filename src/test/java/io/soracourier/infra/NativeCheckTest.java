package io.soracourier.infra;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program of the build that tells which glibc a native executable needs. */
class NativeCheckTest {
  @TempDir static Path classes;
  @TempDir Path directory;

  private record Run(int exitCode, String output) {}

  @BeforeAll
  static void compile() {
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    System.err,
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "src/build/NativeCheck.java"))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "warn,   2.31, 0",
    "refuse, 2.31, 0",
    "warn,   2.32, 0",
    "refuse, 2.32, 1",
    "refuse, 2.4,  0",
    "warn,   3.0,  0",
    "refuse, 3.0,  1"
  })
  void need_isReportedAndComparedWithTheBoundAsANumber(String above, String needed, int exitCode)
      throws Exception {
    Path file = write(elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.2.5", "GLIBC_" + needed, "GLIBC_2.3"));

    Run run = check(file, above);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.output()).contains("Native executable: 0.0 MiB, needs glibc " + needed);
    boolean within = needed.equals("2.31") || needed.equals("2.4");
    assertThat(run.output().lines()).hasSize(within ? 1 : 2);
    if (!within) {
      assertThat(run.output())
          .contains("no newer than 2.31", "-Dnative=container")
          .contains(exitCode == 0 ? "WARNING" : "not for publishing");
    }
  }

  @Test
  void versionsOfOtherLibrariesAndOtherNames_doNotCount() throws Exception {
    Run run =
        check(
            write(
                elf(
                    ByteOrder.LITTLE_ENDIAN,
                    "GLIBCXX_3.4.31",
                    "ZLIB_9.9",
                    "GLIBC_PRIVATE",
                    "GLIBC_2.17")),
            "refuse");

    assertThat(run.output()).contains("needs glibc 2.17 or newer");
    assertThat(run.exitCode()).isZero();
  }

  /** It has no number in its name, and a loader before 2.36 does not know it. */
  @Test
  void relativeRelocations_needTheGlibcThatBroughtThem() throws Exception {
    Run run =
        check(write(elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.28", "GLIBC_ABI_DT_RELR")), "refuse");

    assertThat(run.output()).contains("needs glibc 2.36");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void otherByteOrder_isRead() throws Exception {
    assertThat(check(write(elf(ByteOrder.BIG_ENDIAN, "GLIBC_2.27")), "warn").output())
        .contains("needs glibc 2.27");
  }

  @Test
  void executableWithoutNeeds_runsAnywhere() throws Exception {
    Run run = check(write(elf(ByteOrder.LITTLE_ENDIAN)), "refuse");

    assertThat(run.output()).contains("needs no glibc");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void zip_isJudgedByTheExecutableInIt() throws Exception {
    Path zip = directory.resolve("function-app.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("host.json"));
      out.write("{}".getBytes(UTF_8));
      out.putNextEntry(new ZipEntry("sora-courier"));
      out.write(elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.34"));
    }

    assertThat(check(zip, "refuse").exitCode()).isEqualTo(1);
  }

  @Test
  void truncatedExecutable_isRefusedInOneLine() throws Exception {
    byte[] whole = elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.28");

    Run run = check(write(Arrays.copyOf(whole, whole.length / 2)), "refuse");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output().lines()).singleElement().asString().contains("cannot be read");
  }

  @Test
  void launcherOfTheJar_needsNothingOfItsOwn() throws Exception {
    Run run = check(Path.of("src/assembly/sora-courier"), "refuse");

    assertThat(run.output()).contains("runs on a JVM");
    assertThat(run.exitCode()).isZero();
  }

  /** As a linker makes them, held against a plain search for the names. */
  @Test
  void libraryOfThisJava_needsTheNewestOfTheVersionsThatItNames() throws Exception {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
    assertThat(library).as("the tests run on Linux").exists();
    int newest =
        Pattern.compile("GLIBC_2\\.(\\d+)")
            .matcher(new String(Files.readAllBytes(library), ISO_8859_1))
            .results()
            .map(name -> Integer.valueOf(name.group(1)))
            .max(Comparator.naturalOrder())
            .orElseThrow();

    assertThat(check(library, "warn").output()).contains("needs glibc 2." + newest + " or newer");
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("executable"), content);
  }

  private static Run check(Path file, String above) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                classes.toString(),
                "NativeCheck",
                file.toString(),
                "2.31",
                above)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }

  /** An ELF file of three sections: none, the needs, each of its own library, and their names. */
  static byte[] elf(ByteOrder order, String... versions) {
    int header = 0x40;
    int sections = 0x40;
    List<Integer> names = new ArrayList<>();
    StringBuilder strings = new StringBuilder("\0");
    for (String version : versions) {
      names.add(strings.length());
      strings.append(version).append('\0');
    }
    int needs = header + 3 * sections;
    int table = needs + versions.length * 32;
    ByteBuffer elf = ByteBuffer.allocate(table + strings.length()).order(order);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)});
    elf.putLong(0x28, header);
    elf.putShort(0x3a, (short) sections);
    elf.putShort(0x3c, (short) 3);
    if (versions.length > 0) {
      int section = header + sections;
      elf.putInt(section + 4, 0x6ffffffe);
      elf.putLong(section + 0x18, needs);
      elf.putInt(section + 0x28, 2);
      elf.putInt(section + 0x2c, versions.length);
    }
    elf.putInt(header + 2 * sections + 4, 3);
    elf.putLong(header + 2 * sections + 0x18, table);
    for (int i = 0; i < versions.length; i++) {
      int need = needs + i * 32;
      elf.putShort(need, (short) 1).putShort(need + 2, (short) 1).putInt(need + 8, 16);
      elf.putInt(need + 12, i + 1 < versions.length ? 32 : 0);
      elf.putInt(need + 16 + 8, names.get(i));
    }
    elf.position(table);
    elf.put(strings.toString().getBytes(US_ASCII));
    return elf.array();
  }
}
