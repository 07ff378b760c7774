package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.SoraException;
import io.soracourier.url.RefusedUrlException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a redirect may lead, over real connections: the service sends the courier on, and a second
 * server records what arrives there.
 */
class RedirectTest {
  private static final List<String> ALLOWED = List.of("cdn.example", "*.store.example");
  private static final String START = "/openai/v1/start";

  private final ContentFixture fixture = new ContentFixture();
  private final SoraSimulator service = fixture.simulator;
  private final SoraSimulator sink = SoraSimulator.sink();
  private final Map<String, Deque<String>> names = new HashMap<>();
  private final List<String> lookedUp = new ArrayList<>();
  private final ContentClient client = fixture.client(ALLOWED, this::resolve);

  @AfterEach
  void close() {
    client.close();
    fixture.close();
    try (sink) {
      assertThat(sink.requests())
          .allSatisfy(
              request ->
                  assertThat(request.headers().names())
                      .doesNotContain("api-key", "authorization", "cookie", "referer"))
          .allSatisfy(
              request -> assertThat(request.headers().toString()).doesNotContain(service.apiKey()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/v.mp4",
        "//127.0.0.1:PORT/v.mp4",
        "http://cdn.example:PORT/v.mp4",
        "http://CDN.Example:PORT/v.mp4",
        "http://a.store.example:PORT/v.mp4",
        "http://a.b.store.example:PORT/v.mp4?sig=x%2Fy#t=1",
      })
  void otherPortOrAllowedHost_isRequestedWithoutTheKey(String location) {
    sink.on("GET", "/v.mp4").always(Fault.json(200, "{}"));
    redirect(location);

    client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}).close();

    assertThat(sink.requests()).hasSize(1);
    RecordedRequest request = sink.requests().get(0);
    assertThat(request.path()).isEqualTo("/v.mp4");
    assertThat(request.header("Host").orElseThrow())
        .isEqualToIgnoringCase(
            location
                .replaceFirst("^(http:)?//", "")
                .replaceFirst("/.*", "")
                .replace("PORT", port()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // not allowed by name, though all of them lead to this machine
        "http://evil.example:PORT/",
        "http://localhost:PORT/",
        "http://LOCALHOST:PORT/",
        "http://localhost.:PORT/",
        "http://127.0.0.2:PORT/",
        "http://127.1:PORT/",
        "http://2130706433:PORT/",
        "http://0x7f000001:PORT/",
        "http://0x7f.0.0.1:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://017700000001:PORT/",
        "http://127.0.0.1.:PORT/",
        "http://0:PORT/",
        "http://0.0.0.0:PORT/",
        "http://[::1]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[::127.0.0.1]:PORT/",
        "http://[::1%25lo]:PORT/",
        "http://[64:ff9b::7f00:1]:PORT/",
        "http://[::]:PORT/",
        "http://%31%32%37.0.0.1:PORT/",
        "http://127.0.0.1%00:PORT/",
        "http://127%2e0.0.1:PORT/",
        "http://127。0。0。1:PORT/",
        "http://①②⑦.⓪.⓪.①:PORT/",
        // tricks with what is before or after the host
        "http://127.0.0.1@evil.example:PORT/",
        "http://me@127.0.0.1:PORT/",
        "http://me:pw@cdn.example:PORT/",
        "http://cdn.example@evil.example:PORT/",
        "http://evil.example:PORT\\@127.0.0.1/",
        "http://evil.example:PORT#@127.0.0.1/",
        "http://cdn.example.evil.example:PORT/",
        "http://evilcdn.example:PORT/",
        "http://store.example:PORT/",
        "http://.store.example:PORT/",
        "http://cdn.example.:PORT/",
        "http:\\\\127.0.0.1:PORT\\",
        "http:127.0.0.1:PORT",
        "http:/127.0.0.1:PORT",
        "http:///127.0.0.1:PORT/",
        "\\\\127.0.0.1:PORT\\x",
        // other schemes
        "ftp://127.0.0.1:PORT/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/_GET",
        "jar:http://127.0.0.1:PORT/!/",
        "data:video/mp4;base64,AAAA",
      })
  void anythingElse_isRefusedAndNothingArrives(String location) {
    redirect(location);

    assertThatThrownBy(
            () -> client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}))
        .isInstanceOfAny(RefusedUrlException.class)
        .message()
        .doesNotContain("pw");
    assertThat(sink.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "168.63.129.16",
        "0.0.0.0", "fe80::1", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "::",
        "20.60.1.2"
      })
  void allowedNameOfAnAddressElsewhere_isRefusedOverHttp(String address) {
    names.put("cdn.example", new ArrayDeque<>(List.of(address)));
    redirect("http://cdn.example:PORT/v.mp4");

    assertThatThrownBy(
            () -> client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}))
        .isInstanceOf(RefusedUrlException.class);
  }

  @Test
  void nameThatChangesItsAddress_isConnectedToAsChecked() {
    names.put("cdn.example", new ArrayDeque<>(List.of("127.0.0.1", "169.254.169.254")));
    redirect("http://cdn.example:PORT/v.mp4");

    client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}).close();

    assertThat(sink.requests()).hasSize(1);
    assertThat(lookedUp).containsOnlyOnce("cdn.example");
  }

  @Test
  void everyHop_isCheckedAgain() {
    names.put("cdn.example", new ArrayDeque<>(List.of("127.0.0.1", "169.254.169.254")));
    redirect("http://cdn.example:PORT/hop");
    sink.on("GET", "/hop").always(Fault.redirect(302, "/next"));

    assertThatThrownBy(
            () -> client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}))
        .isInstanceOf(RefusedUrlException.class);
    assertThat(sink.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void wayThereAndBack_bringsNoKeyBack(int status) {
    service.on("GET", START).always(Fault.redirect(status, sink.uri("/there").toString()));
    sink.on("GET", "/there").always(Fault.redirect(status, service.uri("/openai/v1/x").toString()));
    service.on("GET", "/openai/v1/x").anonymous().always(Fault.redirect(status, "/openai/v1/y"));
    service.on("GET", "/openai/v1/y").anonymous().always(Fault.json(200, "{}"));

    client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}).close();

    assertThat(service.requests())
        .extracting(RecordedRequest::path, request -> request.header("api-key").isPresent())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(START, true),
            org.assertj.core.groups.Tuple.tuple("/openai/v1/x", false),
            org.assertj.core.groups.Tuple.tuple("/openai/v1/y", false));
    assertThat(service.requests().subList(1, 3))
        .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
  }

  @Test
  void redirectOfAQueryAlone_isToTheSamePath() {
    redirect("?token=abc");
    service
        .on(request -> request.target().equals(START + "?token=abc"))
        .always(Fault.json(200, "{}"));

    client.fetch(ContentFixture.own(service.uri(START + "?x=1")), Map.of(), met -> {}).close();

    assertThat(service.requests())
        .extracting(RecordedRequest::target)
        .containsExactly(START + "?x=1", START + "?token=abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {START, "?again", "#", "."})
  void loop_endsAfterThreeRedirects(String location) {
    service
        .on(request -> request.path().startsWith("/openai/v1/"))
        .always(Fault.redirect(302, location));

    assertThatThrownBy(
            () -> client.fetch(ContentFixture.own(service.uri(START)), Map.of(), met -> {}))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("redirects again after 3 redirects");
    assertThat(service.requests()).hasSize(4);
  }

  @Test
  void endpointOverTls_isNotLeftForHttpAndItsNameIsProved(@TempDir Path folder) throws Exception {
    ThrowAwayCertificate certificate = ThrowAwayCertificate.in(folder);
    String trustStore =
        System.setProperty("javax.net.ssl.trustStore", certificate.trustStore() + "");
    String password =
        System.setProperty("javax.net.ssl.trustStorePassword", ThrowAwayCertificate.PASSWORD);
    SimulatorOptions tls = SimulatorOptions.defaults().withTls(certificate.context());
    try (SoraSimulator secure = SoraSimulator.start(tls);
        SoraSimulator other = SoraSimulator.start(tls.withAnonymous());
        ContentFixture secured = new ContentFixture(secure, Duration.ofSeconds(20))) {
      ContentClient there = secured.client(ALLOWED, this::resolve);
      String to = "/openai/v1/to-";
      secure.on("GET", to + "http").always(Fault.redirect(sink.uri("/v.mp4")));
      secure.on("GET", to + "tls").always(Fault.redirect(other.uri("/v.mp4")));
      secure
          .on("GET", to + "name")
          .always(Fault.redirect(URI.create("https://cdn.example:" + other.port() + "/v.mp4")));

      there.fetch(ContentFixture.own(secure.uri(to + "tls")), Map.of(), met -> {}).close();
      assertThatThrownBy(
              () -> there.fetch(ContentFixture.own(secure.uri(to + "http")), Map.of(), met -> {}))
          .isInstanceOf(RefusedUrlException.class)
          .hasMessageContaining("only https is followed");
      assertThatThrownBy(
              () -> there.fetch(ContentFixture.own(secure.uri(to + "name")), Map.of(), met -> {}))
          .isInstanceOf(SoraException.class)
          .hasMessageContaining("cdn.example");

      assertThat(sink.requests()).isEmpty();
      assertThat(other.requests()).hasSize(1);
      assertThat(other.requests().get(0).headers().names())
          .doesNotContain("api-key", "authorization");
      there.close();
    } finally {
      restore("javax.net.ssl.trustStore", trustStore);
      restore("javax.net.ssl.trustStorePassword", password);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  private void redirect(String location) {
    service.on("GET", START).always(Fault.redirect(302, location.replace("PORT", port())));
  }

  private String port() {
    return String.valueOf(sink.port());
  }

  /** Names lead to this machine, unless told otherwise; the last address of a name stays. */
  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookedUp.add(host);
    Deque<String> addresses = names.getOrDefault(host, new ArrayDeque<>(List.of("127.0.0.1")));
    String address = addresses.size() > 1 ? addresses.remove() : addresses.peek();
    return new InetAddress[] {
      InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress())
    };
  }
}
