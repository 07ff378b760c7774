import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Says how large the native executable is and which glibc it needs: the C library is not in it, and
 * a system whose own is older does not start it. Run by the build, and before anything is
 * published:
 *
 * <pre>java NativeCheck.java EXECUTABLE|ZIP BOUND warn|refuse</pre>
 *
 * A need above the bound is a warning, or the end with exit code 1. Of a zip the entry {@code
 * sora-courier} is what counts; what is no ELF file runs on a JVM and needs nothing of its own.
 */
public class NativeCheck {
  private static final String ENTRY = "sora-courier";
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
  private static final int SHT_GNU_VERNEED = 0x6ffffffe;
  private static final Pattern GLIBC = Pattern.compile("GLIBC_(\\d+)\\.(\\d+)(\\.\\d+)?");

  /** A marker without a number, which came with this glibc. */
  private static final String RELATIVE_RELOCATIONS = "GLIBC_ABI_DT_RELR";

  private static final Version SINCE_RELATIVE_RELOCATIONS = new Version(2, 36);

  record Version(int major, int minor) implements Comparable<Version> {
    static Version parse(String text) {
      Matcher number = Pattern.compile("(\\d+)\\.(\\d+)").matcher(text);
      if (!number.matches()) {
        throw new IllegalArgumentException("'" + text + "' is no version of glibc such as 2.31");
      }
      return new Version(Integer.parseInt(number.group(1)), Integer.parseInt(number.group(2)));
    }

    @Override
    public int compareTo(Version other) {
      return major != other.major ? major - other.major : minor - other.minor;
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  public static void main(String[] args) {
    try {
      check(Path.of(args[0]), Version.parse(args[1]), args[2].equals("refuse"));
    } catch (IOException | IndexOutOfBoundsException | ArithmeticException e) {
      refuse("The executable in " + args[0] + " cannot be read, build it again: " + e);
    }
  }

  private static void check(Path file, Version bound, boolean refuse) throws IOException {
    byte[] content = content(file);
    if (!isElf(content)) {
      System.out.println(
          "No native executable, which takes a GraalVM in GRAALVM_HOME or -Dnative=container: the"
              + " function app runs on a JVM.");
      return;
    }
    Optional<Version> needed = newestGlibc(content);
    System.out.printf(
        Locale.ROOT,
        "Native executable: %.1f MiB, %s%n",
        content.length / 1048576.0,
        needed.map(version -> "needs glibc " + version + " or newer").orElse("needs no glibc"));
    if (needed.isPresent() && needed.get().compareTo(bound) > 0) {
      String why =
          "needs glibc %s, and the platform's images may have no newer than %s"
              .formatted(needed.get(), bound);
      if (refuse) {
        refuse(
            "This executable is not for publishing: it %s. Build it with -Dnative=container."
                .formatted(why));
      }
      System.out.printf(
          "WARNING: This executable is for machines like this one: it %s. -Dnative=container builds"
              + " one for the platform.%n",
          why);
    }
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(1);
  }

  private static byte[] content(Path file) throws IOException {
    if (!file.toString().endsWith(".zip")) {
      return Files.readAllBytes(file);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        refuse(file + " has no " + ENTRY + " in it: it is not a package of this project");
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return in.readAllBytes();
      }
    } catch (ZipException e) {
      refuse(file + " is not a whole zip: " + e.getMessage());
      return new byte[0];
    }
  }

  private static boolean isElf(byte[] content) {
    return content.length > MAGIC.length
        && ByteBuffer.wrap(content, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /** Empty for an executable that is linked against no glibc. */
  static Optional<Version> newestGlibc(byte[] elf) throws IOException {
    List<Version> versions = new ArrayList<>();
    for (String name : neededVersions(elf)) {
      Matcher number = GLIBC.matcher(name);
      if (number.matches()) {
        versions.add(Version.parse(number.group(1) + "." + number.group(2)));
      } else if (name.equals(RELATIVE_RELOCATIONS)) {
        versions.add(SINCE_RELATIVE_RELOCATIONS);
      }
    }
    return versions.stream().max(Version::compareTo);
  }

  /** The names in the section {@code .gnu.version_r}, whichever library they are asked of. */
  private static List<String> neededVersions(byte[] content) throws IOException {
    if (content[4] != 2) {
      throw new IOException("not a 64-bit ELF file");
    }
    ByteBuffer elf =
        ByteBuffer.wrap(content)
            .order(content[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int sections = offset(elf, 0x28);
    int size = elf.getShort(0x3a);
    int count = elf.getShort(0x3c) & 0xffff;
    if (sections == 0 || count == 0) {
      throw new IOException(
          "an ELF file without section headers: what it needs cannot be determined");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int header = sections + i * size;
      if (elf.getInt(header + 4) == SHT_GNU_VERNEED) {
        int strings = offset(elf, sections + elf.getInt(header + 0x28) * size + 0x18);
        int libraries = elf.getInt(header + 0x2c);
        addNames(elf, offset(elf, header + 0x18), libraries, strings, names);
      }
    }
    return names;
  }

  private static void addNames(
      ByteBuffer elf, int section, int libraries, int strings, List<String> names) {
    int need = section;
    for (int i = 0; i < libraries; i++) {
      int version = need + elf.getInt(need + 8);
      int versions = elf.getShort(need + 2) & 0xffff;
      for (int j = 0; j < versions; j++) {
        names.add(string(elf, strings + elf.getInt(version + 8)));
        version += elf.getInt(version + 12);
      }
      need += elf.getInt(need + 12);
    }
  }

  /** Everything of interest is in the first 2 GiB: what is larger was not read. */
  private static int offset(ByteBuffer elf, int at) {
    return Math.toIntExact(elf.getLong(at));
  }

  private static String string(ByteBuffer elf, int start) {
    int end = start;
    while (elf.get(end) != 0) {
      end++;
    }
    return new String(elf.array(), start, end - start, StandardCharsets.US_ASCII);
  }
}
