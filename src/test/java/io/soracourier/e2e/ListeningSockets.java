package io.soracourier.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a process listens for TCP connections, as Linux tells it in {@code /proc}. */
final class ListeningSockets {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  /** Local address and port, any remote address, state 0A (listening), and the inode. */
  private static final Pattern LISTENING =
      Pattern.compile(
          "\\s*\\d+: ([0-9A-F]+):([0-9A-F]{4}) \\S+ 0A \\S+ \\S+ \\S+\\s+\\d+\\s+\\d+ (\\d+) .*");

  private ListeningSockets() {}

  static List<InetSocketAddress> of(long pid) {
    Path process = Path.of("/proc/" + pid);
    Set<String> inodes = inodes(process.resolve("fd"));
    List<InetSocketAddress> found = new ArrayList<>();
    try {
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (String line : Files.readAllLines(process.resolve(table))) {
          Matcher matcher = LISTENING.matcher(line);
          if (matcher.matches() && inodes.contains(matcher.group(3))) {
            found.add(
                new InetSocketAddress(
                    address(matcher.group(1)), Integer.parseInt(matcher.group(2), 16)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Set<String> inodes(Path descriptors) {
    try (Stream<Path> links = Files.list(descriptors)) {
      return links
          .map(ListeningSockets::target)
          .map(SOCKET::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /** Words of 32 bits, each in the byte order of the machine, which is little-endian. */
  private static InetAddress address(String hex) throws UnknownHostException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    byte[] network = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      network[i] = bytes[i / 4 * 4 + 3 - i % 4];
    }
    return InetAddress.getByAddress(network);
  }
}
