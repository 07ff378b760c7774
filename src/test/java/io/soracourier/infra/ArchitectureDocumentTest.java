package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.FailureReason;
import io.soracourier.storage.VideoStore;
import io.soracourier.storage.VideoStoreContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/architecture.md says what may use what, and the code does as it says. */
class ArchitectureDocumentTest {
  private static final ProjectFile DOCUMENT = ProjectFile.read("docs/architecture.md");
  private static final Path ROOT = Path.of("src/main/java/io/soracourier");

  @Test
  void packages_useWhatTheDocumentAllowsAndNoOther() {
    Map<String, Set<String>> used = new TreeMap<>();
    for (ProjectFile file : ProjectFile.below(ROOT.toString(), ".java")) {
      String name = ROOT.relativize(file.path()).getName(0).toString();
      Set<String> imports = file.all("^import (?:static )?io\\.soracourier\\.(\\w+)\\.");
      imports.remove(name);
      used.computeIfAbsent(name, any -> new TreeSet<>()).addAll(imports);
    }
    Map<String, Set<String>> allowed = allowed();

    assertThat(allowed.keySet()).isEqualTo(used.keySet());
    assertThat(used)
        .allSatisfy(
            (name, uses) ->
                assertThat(uses).as("what %s uses", name).isSubsetOf(allowed.get(name)));
  }

  @Test
  void allowedUses_haveNoCircle() {
    Map<String, Set<String>> left = allowed();
    while (left.values().removeIf(uses -> !containsAny(uses, left.keySet()))) {
      // packages that use none of those left are no part of a circle
    }

    assertThat(left).isEmpty();
  }

  @Test
  void storage_hasNoWordOfAnyStore() {
    for (ProjectFile file : ProjectFile.below(ROOT.resolve("storage").toString(), ".java")) {
      assertThat(file.all("(?i)(azure|blob|container|lease|x-ms-)"))
          .as("words of one store in %s", file.path())
          .isEmpty();
    }
  }

  @Test
  void everyStore_isHeldToTheContract() throws ClassNotFoundException {
    List<Class<?>> stores =
        MainClasses.all().stream()
            .filter(type -> VideoStore.class.isAssignableFrom(type) && !type.isInterface())
            .toList();

    assertThat(stores).isNotEmpty();
    for (Class<?> store : stores) {
      assertThat(Class.forName(store.getName() + "ContractTest"))
          .isAssignableTo(VideoStoreContract.class);
    }
  }

  @Test
  void reasonsOfALook_exist() {
    String table =
        ProjectFile.read("docs/concepts/how-it-works.md")
            .first("(?s)^\\| what the service says \\|(.*?)\\n\\n");
    Set<String> reasons = ProjectFile.all(table, "`([a-z]+(?:-[a-z]+)+|moderated|cancelled)`");

    assertThat(reasons)
        .isNotEmpty()
        .isSubsetOf(Arrays.stream(FailureReason.values()).map(FailureReason::code).toList());
  }

  private static boolean containsAny(Set<String> uses, Set<String> names) {
    return uses.stream().anyMatch(names::contains);
  }

  private static Map<String, Set<String>> allowed() {
    String table = DOCUMENT.first("(?s)^(\\| package \\| what it is \\|.*?)\\n\\n");
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (String row : ProjectFile.all(table, "^\\| (`\\w+` \\|.*)\\|$")) {
      String[] cells = row.split("\\|");
      allowed.put(cells[0].replace("`", "").strip(), ProjectFile.all(cells[2], "`(\\w+)`"));
    }
    return allowed;
  }
}
