package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageSpaceTest {
  @TempDir Path directory;

  @Test
  void hollowedFile_keepsItsLengthAndNothingElse() throws IOException {
    Path file = Files.write(directory.resolve("extent"), new byte[] {1, 2, 3});

    StorageSpace.hollow(file);

    assertThat(file).hasBinaryContent(new byte[3]);
  }

  @Test
  void fileThatIsGone_staysGone() {
    Path file = directory.resolve("extent");

    StorageSpace.hollow(file);

    assertThat(file).doesNotExist();
  }

  @Test
  void closedSpace_leavesNothing() throws IOException {
    StorageSpace space = StorageSpace.in(directory);
    Files.createDirectories(space.directory().resolve("__blobstorage__"));
    Files.write(space.directory().resolve("__blobstorage__/extent"), new byte[3]);

    space.close();

    assertThat(directory).isEmptyDirectory();
  }
}
