package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.http.ForbiddenAddressException;
import io.soracourier.http.Proxies;
import io.soracourier.http.TestProxies;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint's own origin; what URLs of responses may point to is in UrlPolicyTest. */
class AddressPolicyTest {
  private static final String HTTPS = "https://videos.internal/v1";
  private static final String HTTP = "http://videos.internal:4000/v1";

  private final Map<String, List<String>> names = new HashMap<>();
  private final List<String> lookedUp = new ArrayList<>();
  private Optional<URI> identity = Optional.empty();
  private Proxies proxies = Proxies.none();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20.60.1.2",
        "10.0.0.4",
        "172.16.0.4",
        "192.168.1.4",
        "100.64.0.4",
        "fd00::4",
        "127.0.0.1",
        "::1",
        "2603:1000::1"
      })
  void endpointMayBeAnywhereInANetwork_overHttpsAndOverHttp(String address) throws Exception {
    names.put("videos.internal", List.of(address));

    for (String endpoint : List.of(HTTPS, HTTP)) {
      assertThat(check(endpoint)).containsExactly(InetAddress.getByName(address));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.1.1",
        "fe80::1",
        "168.63.129.16",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "192.0.0.192",
        "100.100.100.200",
        "fd00:ec2::254",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1"
      })
  void addressThatIsNoServers_isNotConnectedTo(String address) {
    names.put("videos.internal", List.of("20.60.1.2", address));

    for (String endpoint : List.of(HTTPS, HTTP)) {
      assertThatThrownBy(() -> check(endpoint))
          .isInstanceOf(ForbiddenAddressException.class)
          .hasMessageStartingWith("its address ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:4000/v1", "http://localhost:4000", "http://[::1]:4000"})
  void plainEndpointOnThisMachine_isNotConnectedToElsewhere(String endpoint) throws Exception {
    String host = URI.create(endpoint).getHost().replaceAll("[\\[\\]]", "");
    names.put(host, List.of("127.0.0.1", "::1"));
    assertThat(check(endpoint)).hasSize(2);

    names.put(host, List.of("10.0.0.4"));
    assertThatThrownBy(() -> check(endpoint)).isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void identityEndpoint_isNotConnectedToByAnyNameOfIt() throws Exception {
    identity = Optional.of(URI.create("http://identity.internal:4000/msi/token"));
    names.put("identity.internal", List.of("127.0.0.1", "10.0.0.9"));

    for (String address : List.of("127.0.0.1", "127.0.0.9", "::1", "10.0.0.9")) {
      names.put("videos.internal", List.of(address));
      assertThatThrownBy(() -> check(HTTP))
          .as(address)
          .isInstanceOf(ForbiddenAddressException.class)
          .hasMessageContaining("managed identity");
      assertThat(check("http://videos.internal:4001/v1")).hasSize(1);
    }
    names.put("videos.internal", List.of("10.0.0.8"));
    assertThat(check(HTTP)).hasSize(1);
    assertThatThrownBy(() -> check("http://IDENTITY.internal:4000/v1"))
        .hasMessageContaining("managed identity");
  }

  @Test
  void identityEndpointWhoseNameIsUnknown_forbidsItsNameOnly() throws Exception {
    identity = Optional.of(URI.create("http://unknown.internal:4000/msi/token"));
    names.put("videos.internal", List.of("10.0.0.8"));

    assertThat(check(HTTP)).hasSize(1);
    assertThatThrownBy(() -> check("http://unknown.internal:4000"))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void nameBehindAProxy_isNotResolvedHere() throws Exception {
    proxies = TestProxies.with("http://proxy:3128", "exempt.internal");
    names.put("videos.internal", List.of("169.254.169.254"));
    names.put("exempt.internal", List.of("169.254.169.254"));

    assertThat(check(HTTPS)).isEmpty();
    assertThat(lookedUp).isEmpty();
    assertThatThrownBy(() -> check("https://exempt.internal/v1"))
        .isInstanceOf(ForbiddenAddressException.class);
    names.put("169.254.169.254", List.of("169.254.169.254"));
    assertThatThrownBy(() -> check("https://169.254.169.254/v1"))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void nameWithoutAnAddress_isUnknown() {
    assertThatThrownBy(() -> check(HTTPS)).isInstanceOf(UnknownHostException.class);
  }

  private InetAddress[] check(String endpoint) throws Exception {
    Endpoint own = Endpoint.parse(endpoint);
    return new AddressPolicy(own, proxies, identity, this::resolve)
        .check(own.job(VideoApis.VIDEOS, new JobId("video_1")));
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookedUp.add(host);
    if (!names.containsKey(host)) {
      throw new UnknownHostException(host);
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : names.get(host)) {
      addresses.add(InetAddress.getByName(literal));
    }
    return addresses.toArray(InetAddress[]::new);
  }
}
