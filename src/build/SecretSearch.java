import io.soracourier.faults.PlantedSecrets;
import io.soracourier.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fails when a secret that the tests use, in any form, is in a file that the build keeps of them.
 * Run by the build when all tests have run, with the test classes on its class path:
 *
 * <pre>java SecretSearch.java DIRECTORY...</pre>
 */
public class SecretSearch {
  public static void main(String[] args) throws IOException {
    Set<String> secrets = new HashSet<>(PlantedSecrets.forms());
    secrets.add(SimulatorOptions.defaults().apiKey());
    List<Path> found = new ArrayList<>();
    int searched = 0;
    for (String directory : args) {
      for (Path file : filesIn(Path.of(directory))) {
        searched++;
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (secrets.stream().anyMatch(text::contains)) {
          found.add(file);
        }
      }
    }
    if (!found.isEmpty()) {
      System.err.println("A secret that the tests use was written to " + found);
      System.exit(1);
    }
    System.out.println("The secrets that the tests use are in none of " + searched + " reports");
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
