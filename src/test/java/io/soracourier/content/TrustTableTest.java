package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.VideoApis;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.RefusedUrlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each cell of the table in docs/concepts/security.md to what the client does. */
class TrustTableTest {
  private static final String HEAD = "| where it points | redirect from the documented";
  private static final String START = "/openai/v1/start";
  private static final String END = "/openai/v1/end";

  /** On this machine each name that is not private leads to the second server. */
  private static final Map<String, String> TARGETS =
      Map.ofEntries(
          Map.entry("the endpoint's origin", "ORIGIN"),
          Map.entry(
              "the endpoint's origin, after a redirect has left it",
              "http://cdn.example:PORT/back"),
          Map.entry("the endpoint's host, another port", "http://127.0.0.1:PORT/v"),
          Map.entry("an allowed host", "http://cdn.example:PORT/v"),
          Map.entry("any other host with a public address", "http://other.example:PORT/v"),
          Map.entry("any other host, by a further redirect", "http://cdn.example:PORT/on"),
          Map.entry("an allowed host with a private address", "https://inside.cdn.example/v"),
          Map.entry("any other host with a private address", "https://inside.example/v"),
          Map.entry("the metadata service", "https://169.254.169.254/metadata"),
          Map.entry("plain http on another machine", "http://plain.cdn.example/v"),
          Map.entry("a URL with a user name", "http://me@cdn.example:PORT/v"));

  private final ContentFixture fixture = new ContentFixture();
  private final SoraSimulator service = fixture.simulator;
  private final SoraSimulator sink = SoraSimulator.sink();
  private final ContentClient client =
      fixture.client(List.of("cdn.example", "*.cdn.example"), TrustTableTest::resolve);

  @AfterEach
  void close() {
    client.close();
    fixture.close();
    sink.close();
  }

  record Cell(String target, String source, String expected) {}

  static Stream<Cell> cells() throws IOException {
    List<List<String>> rows =
        Files.readString(Path.of("docs/concepts/security.md"))
            .lines()
            .dropWhile(line -> !line.startsWith(HEAD))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
            .toList();
    return rows.stream()
        .skip(2)
        .flatMap(
            row ->
                IntStream.range(1, row.size())
                    .mapToObj(i -> new Cell(row.get(0), rows.get(0).get(i), row.get(i))));
  }

  @Test
  void table_hasARowForEveryTargetAndFourSources() throws IOException {
    assertThat(cells().map(Cell::target).distinct())
        .containsExactlyInAnyOrderElementsOf(TARGETS.keySet());
    assertThat(cells()).hasSize(4 * TARGETS.size());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyCell_isWhatTheClientDoes(Cell cell) {
    String port = String.valueOf(sink.port());
    URI target =
        URI.create(
            TARGETS
                .get(cell.target())
                .replace("ORIGIN", service.uri(END).toString())
                .replace("PORT", port));
    service.on("GET", START).always(Fault.redirect(target));
    service.on("GET", END).anonymous().always(Fault.json(200, "{}"));
    sink.on("GET", "/v").always(Fault.json(200, "{}"));
    sink.on("GET", "/back").always(Fault.redirect(service.uri(END)));
    sink.on("GET", "/on").always(Fault.redirect(302, "http://other.example:" + port + "/v"));

    String done;
    try {
      client.fetch(candidate(cell.source(), target), Map.of(), met -> {}).close();
      done = last().header("api-key").isPresent() ? "with the credential" : "without";
    } catch (RefusedUrlException e) {
      done = "refused";
      assertThat(sink.requests()).noneMatch(request -> request.path().equals("/v"));
    }

    assertThat(done).isEqualTo(cell.expected());
    assertThat(sink.requests())
        .allMatch(request -> !request.headers().toString().contains(service.apiKey()));
  }

  private RecordedRequest last() {
    return Stream.concat(service.requests().stream(), sink.requests().stream())
        .filter(request -> List.of(END, "/v").contains(request.path()))
        .findFirst()
        .orElseThrow();
  }

  private Candidate candidate(String source, URI target) {
    return switch (source) {
      case "redirect from the documented content address" ->
          Candidate.documented(VideoApis.SORA_1, service.uri(START));
      case "URL in JSON or a header" -> named(target);
      case "redirect from such a URL" -> named(service.uri(START));
      case "redirect from another address of the endpoint" ->
          Candidate.own(VideoApis.SORA_1, service.uri(START));
      default -> throw new IllegalArgumentException(source);
    };
  }

  private Candidate named(URI uri) {
    FoundUrl url = new FoundUrl(FoundUrl.Source.PROPERTY, "url", uri);
    return Candidate.named(VideoApis.SORA_1, url, "the job", service.uri("/openai/v1/content"));
  }

  private static InetAddress[] resolve(String host) throws UnknownHostException {
    String address =
        host.startsWith("inside.")
            ? "10.0.0.1"
            : host.startsWith("plain.")
                ? "20.60.1.2"
                : host.startsWith("169.") ? host : "127.0.0.1";
    return new InetAddress[] {
      InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress())
    };
  }
}
