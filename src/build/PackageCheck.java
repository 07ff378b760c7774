import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses a zip that the function app would not start from, before it is published:
 *
 * <pre>java PackageCheck.java ZIP</pre>
 *
 * Only the native package is deployed: the function app has no Java. Nor does it start a package in
 * which something is missing, be it only the execute bit that a zip packed again on Windows lacks.
 * The end is then exit code 1, after one line that says what is wrong and what to do.
 */
public class PackageCheck {
  private static final String EXECUTABLE = "sora-courier";
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final Set<PosixFilePermission> EXECUTE_BITS =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      requireStartable(file, zip.getPath("/"));
    } catch (IOException e) {
      refuse(file + " is not a whole zip: " + e.getMessage());
    }
  }

  private static void requireStartable(Path file, Path root) throws IOException {
    Path executable = root.resolve(EXECUTABLE);
    if (Files.isRegularFile(executable) && !isNative(Files.readAllBytes(executable))) {
      refuse(
          file
              + " holds the package for the JVM, and only the native one is deployed. To have it"
              + " built, type: azd env set DEPLOY_ZIP build");
    }
    List<String> missing = missing(root);
    if (!missing.isEmpty()) {
      refuse(
          ("%s has no %s: the function app does not start from it. Take the zip of a build as it is,"
                  + " not packed again, or type: azd env set DEPLOY_ZIP build")
              .formatted(file, String.join(", no ", missing)));
    }
  }

  private static boolean isNative(byte[] executable) {
    return executable.length > ELF.length
        && ByteBuffer.wrap(executable, 0, ELF.length).equals(ByteBuffer.wrap(ELF));
  }

  private static List<String> missing(Path root) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("host.json", EXECUTABLE)) {
      if (!Files.isRegularFile(root.resolve(name))) {
        missing.add(name);
      }
    }
    try (Stream<Path> functions =
        Files.find(root, 2, (path, attributes) -> path.endsWith("function.json"))) {
      if (functions.findAny().isEmpty()) {
        missing.add("folder with a function.json");
      }
    }
    if (!missing.contains(EXECUTABLE) && !isExecutable(root.resolve(EXECUTABLE))) {
      missing.add("execute bit on " + EXECUTABLE);
    }
    return missing;
  }

  private static boolean isExecutable(Path path) throws IOException {
    // Null where the zip was made on a system without such bits.
    Object permissions = Files.getAttribute(path, "zip:permissions");
    return permissions instanceof Set<?> set && set.containsAll(EXECUTE_BITS);
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(1);
  }
}
