package io.soracourier.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which Azurite keeps blobs while the benchmark runs. Azurite collects what was
 * deleted after ten minutes only, in which the benchmark writes many times what a machine has room
 * for.
 */
final class StorageSpace implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path directory;

  private StorageSpace(Path directory) {
    this.directory = directory;
  }

  /** In memory where there is room for twice the largest video, else below {@code target}. */
  static Path choose(Path target, long largestVideo) {
    long room = Math.min(MEMORY.toFile().getUsableSpace(), availableMemory());
    return Files.isWritable(MEMORY) && room > 2 * largestVideo ? MEMORY : target;
  }

  private static long availableMemory() {
    String kibibytes = Facts.find("/proc/meminfo", "MemAvailable:\\s*(\\d+) kB");
    return kibibytes.equals(Facts.NONE) ? 0 : Long.parseLong(kibibytes) * 1024;
  }

  /** A new directory below that one. */
  static StorageSpace in(Path parent) {
    try {
      Files.createDirectories(parent);
      StorageSpace space = new StorageSpace(Files.createTempDirectory(parent, "bench-storage-"));
      Runtime.getRuntime().addShutdownHook(new Thread(space::close, "bench-storage"));
      return space;
    } catch (IOException e) {
      throw new BenchException("no directory for Azurite in " + parent, e);
    }
  }

  Path directory() {
    return directory;
  }

  /**
   * Gives back the room of everything that was written. Only while there is no blob: each file
   * stays as long as it was, so that Azurite continues where it is, but as a hole.
   */
  void reclaim() {
    for (Path file : files(directory.resolve("__blobstorage__"))) {
      if (Files.isRegularFile(file)) {
        hollow(file);
      }
    }
  }

  static void hollow(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long length = channel.size();
      channel.truncate(0);
      if (length > 0) {
        channel.write(ByteBuffer.allocate(1), length - 1);
      }
    } catch (NoSuchFileException collected) {
      // by Azurite itself
    } catch (IOException e) {
      throw new BenchException("cannot make room in " + file, e);
    }
  }

  private static List<Path> files(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new BenchException("cannot list " + directory, e);
    }
  }

  @Override
  public void close() {
    for (Path file : files(directory)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException stays) {
        // Azurite was still writing; the rest of the directory says so.
      }
    }
  }
}
