import io.soracourier.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fails when the key that the tests use stands in any file that the build keeps of them. Run by the
 * build when all tests have run, with the test classes on its class path:
 *
 * <pre>java SecretSearch.java DIRECTORY...</pre>
 */
public class SecretSearch {
  public static void main(String[] args) throws IOException {
    String key = SimulatorOptions.defaults().apiKey();
    List<Path> found = new ArrayList<>();
    int searched = 0;
    for (String directory : args) {
      for (Path file : filesIn(Path.of(directory))) {
        searched++;
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(key)) {
          found.add(file);
        }
      }
    }
    if (!found.isEmpty()) {
      System.err.println("The key that the tests use was written to " + found);
      System.exit(1);
    }
    System.out.println("The key that the tests use is in none of " + searched + " reports");
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
