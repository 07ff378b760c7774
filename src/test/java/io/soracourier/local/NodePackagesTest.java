package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePackagesTest {
  private static final int THREADS = 4;

  @TempDir private Path project;

  @Test
  void severalThatNeedThePackages_shareOneInstallation() throws Exception {
    Path folder = folderWithoutDependencies();
    CyclicBarrier together = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Path>> files = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        files.add(
            threads.submit(
                () -> {
                  NodePackages packages = new NodePackages(project, "src/local/tool");
                  together.await();
                  return packages.file("tool.js");
                }));
      }

      for (Future<Path> file : files) {
        assertThat(file.get(60, TimeUnit.SECONDS))
            .isEqualTo(folder.resolve("node_modules/tool.js"));
      }
      assertThat(folder.resolve("node_modules/.installed-from"))
          .hasSameTextualContentAs(folder.resolve("package-lock.json"));
    } finally {
      threads.shutdownNow();
    }
  }

  private Path folderWithoutDependencies() throws IOException {
    Path folder = Files.createDirectories(project.resolve("src/local/tool"));
    Files.writeString(folder.resolve("package.json"), "{\"name\":\"tool\",\"version\":\"1.0.0\"}");
    Files.writeString(
        folder.resolve("package-lock.json"),
        """
        {"name":"tool","version":"1.0.0","lockfileVersion":3,"requires":true,
         "packages":{"":{"name":"tool","version":"1.0.0"}}}
        """);
    Files.createDirectories(folder.resolve("node_modules"));
    return folder;
  }
}
