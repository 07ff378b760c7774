package io.soracourier.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.soracourier.http.ForbiddenAddressException;
import io.soracourier.http.Proxies;
import io.soracourier.http.TestProxies;
import io.soracourier.sora.AddressPolicy;
import io.soracourier.sora.Endpoint;
import io.soracourier.url.UrlPolicy.Hosts;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPolicyTest {
  private static final String PUBLIC = "20.60.1.2";
  private static final List<String> ALLOWED = List.of("*.blob.core.windows.net", "CDN.example");

  private static final URI IDENTITY = URI.create("http://identity.internal:8081/msi/token");

  private final List<String> lookedUp = new ArrayList<>();
  private final Map<String, List<String>> names =
      new java.util.HashMap<>(Map.of("r.openai.azure.com", List.of("20.1.1.1")));
  private final UrlPolicy policy = policy("https://r.openai.azure.com");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://r.openai.azure.com/openai/v1/videos/x/content",
        "https://R.OPENAI.azure.com:443/",
        "https://r.openai.azure.com:8443/moved",
        "https://acct.blob.core.windows.net/videos/1.mp4?sig=x",
        "https://a.b.blob.core.windows.net/",
        "HTTPS://ACCT.BLOB.CORE.WINDOWS.NET/",
        "https://cdn.example/v.mp4",
      })
  void allowedUrl_isFollowedToTheAddressThatWasChecked(String url) throws Exception {
    assertThat(policy.check(URI.create(url), Hosts.ALLOWED)).isNotNull();
    assertThat(lookedUp).isNotEmpty();
  }

  @Test
  void addressesOfAName_areLookedUpOnceAndTheFirstIsTaken() throws Exception {
    names.put("cdn.example", List.of("20.60.1.9", PUBLIC));

    assertThat(policy.check(URI.create("https://cdn.example/"), Hosts.ALLOWED)[0].getHostAddress())
        .isEqualTo("20.60.1.9");
    assertThat(lookedUp).containsOnlyOnce("cdn.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "https://blob.core.windows.net/",
        "https://.blob.core.windows.net/",
        "https://evilblob.core.windows.net/",
        "https://acct.blob.core.windows.net.evil.example/",
        "https://acct.blob.core.windows.net./",
        "https://sub.cdn.example/",
        "https://r.openai.azure.com.evil.example/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://169.254.169.254/metadata/identity",
      })
  void otherHost_isRefusedWithoutALookUp(String url) {
    assertRefused(url);
    assertThat(lookedUp).doesNotContain("evil.example", "169.254.169.254");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://r.openai.azure.com/",
        "http://acct.blob.core.windows.net/v.mp4",
        "ftp://acct.blob.core.windows.net/v.mp4",
        "file:///etc/passwd",
        "gopher://acct.blob.core.windows.net/",
        "jar:https://acct.blob.core.windows.net/x!/",
        "data:video/mp4;base64,AAAA",
        "//acct.blob.core.windows.net/x",
        "/relative",
        "",
        "https:acct.blob.core.windows.net",
        "https:///x",
        "https://acct_1.blob.core.windows.net/",
        "https://acct.blob.core.windows.net:0/",
        "https://acct.blob.core.windows.net:65536/",
        "https://acct.blob.core.windows.net:999999/",
      })
  void otherSchemeOrNoUrl_isRefused(String url) {
    assertRefused(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acct.blob.core.windows.net/v.mp4",
        "ftp://acct.blob.core.windows.net/v.mp4",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "data:video/mp4;base64,AAAA",
        "javascript:alert(1)",
        "mailto:me@acct.blob.core.windows.net",
        "https:acct.blob.core.windows.net",
        "https:///x",
        "https://acct_1.blob.core.windows.net/",
        "https://127.1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://0.0.0.0/",
        "https://169.254.169.254/metadata/identity",
        "https://[::ffff:169.254.169.254]/",
        "https://[fe80::1]/",
        "https://168.63.129.16/",
        "https://me@acct.blob.core.windows.net/",
        "https://acct.blob.core.windows.net:0/",
      })
  void urlThatIsNeverFollowed_isRefusedForGood(String url) {
    names.put("localhost", List.of("127.0.0.1"));
    for (String address :
        List.of("127.0.0.1", "::1", "0.0.0.0", "169.254.169.254", "fe80::1", "168.63.129.16")) {
      names.put(address, List.of(address));
    }
    names.put("::ffff:169.254.169.254", List.of("169.254.169.254"));

    assertThat(refusal(url).isLasting()).isTrue();
  }

  /** By the endpoint's address at that moment, or by that of a name. */
  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1/", "https://inside.example/", "https://meta.example/"})
  void urlThatMayBeFollowedLater_isRefusedForNow(String url) {
    names.put("10.0.0.1", List.of("10.0.0.1"));
    names.put("inside.example", List.of("10.0.0.1"));
    names.put("meta.example", List.of("169.254.169.254"));

    assertThat(refusal(url).isLasting()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, a URL of the scheme file was not followed: only https is followed",
    "data:video/mp4;base64, a URL of the scheme data was not followed: only https is followed",
    "ftp://a.example/v, a URL to ftp://a.example was not followed: only https is followed",
    "https:///x, a URL of the scheme https was not followed: it has no host",
    "https://a_b.example/v, 'a URL to https://a_b.example was not followed: its host is not a valid"
        + " name, of letters, digits, ''-'' and ''.'' only'",
  })
  void refusal_namesWhatItIs(String url, String words) {
    assertThat(refusal(url)).hasMessage(words);
  }

  private RefusedUrlException refusal(String url) {
    return catchThrowableOfType(
        RefusedUrlException.class, () -> policy.check(URI.create(url), Hosts.ANY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://r.openai.azure.com@evil.example/",
        "https://me:SECRET@r.openai.azure.com/",
        "https://me:SECRET@acct.blob.core.windows.net/",
        "https://me:SECRET@acct_1.blob.core.windows.net/",
        "https://evil.example/SECRET?sig=SECRET#SECRET",
      })
  void refusal_repeatsNothingThatMayBeSecret(String url) {
    assertThatThrownBy(() -> policy.check(URI.create(url), Hosts.ALLOWED))
        .isInstanceOf(RefusedUrlException.class)
        .message()
        .doesNotContain("SECRET", "@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "168.63.129.16",
        "192.0.0.192",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:a00:1::"
      })
  void nameOfAnInsideAddress_isRefused(String address) {
    names.put("cdn.example", List.of(address));

    assertRefused("https://cdn.example/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20.60.1.2", "9.255.255.255", "11.0.0.1", "172.15.0.1", "172.32.0.1", "100.63.0.1",
        "100.128.0.1", "168.63.130.1", "192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
        "2603:1000::1", "2001:4860::8888"
      })
  void nameOfAPublicAddress_isFollowed(String address) throws Exception {
    names.put("cdn.example", List.of(address));

    assertThat(policy.check(URI.create("https://cdn.example/"), Hosts.ALLOWED)).isNotNull();
  }

  @Test
  void oneInsideAddressAmongOthers_isRefused() {
    names.put("cdn.example", List.of(PUBLIC, "10.0.0.1"));

    assertRefused("https://cdn.example/");
  }

  @Test
  void endpointInsideANetwork_mayPointToTheInside() throws Exception {
    names.put("r.openai.azure.com", List.of("10.0.0.4"));
    names.put("cdn.example", List.of("10.0.0.5"));

    assertThat(policy.check(URI.create("https://cdn.example/"), Hosts.ALLOWED)[0].getHostAddress())
        .isEqualTo("10.0.0.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "169.254.169.254",
        "100.100.100.200",
        "fd00:ec2::254",
        "fd20:ce::254",
        "168.63.129.16",
        "64:ff9b::a00:1"
      })
  void endpointInsideANetwork_mayNotPointToThisMachineOrTheCloudsOwnServices(String address) {
    names.put("r.openai.azure.com", List.of("10.0.0.4"));
    names.put("cdn.example", List.of(address));

    assertRefused("https://cdn.example/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "168.63.129.16", "fe80::1", "0.0.0.0"})
  void endpointsNameOfAnAddressThatIsNoServers_isNotConnectedTo(String address) {
    names.put("r.openai.azure.com", List.of(address));

    assertThatThrownBy(
            () -> policy.check(URI.create("https://r.openai.azure.com/x"), Hosts.ALLOWED))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void endpointByNameOnThisMachine_mayNotPointToAnotherPortHere() throws Exception {
    names.put("r.openai.azure.com", List.of("127.0.0.1"));

    assertThat(policy.check(URI.create("https://r.openai.azure.com/x"), Hosts.ALLOWED)).hasSize(1);
    assertRefused("https://r.openai.azure.com:8443/x");
  }

  @Test
  void identityEndpoint_isNotPointedTo() throws Exception {
    UrlPolicy local = policy("http://127.0.0.1:8080");
    names.put("127.0.0.1", List.of("127.0.0.1"));
    names.put("identity.internal", List.of("::1"));

    assertThat(local.check(URI.create("http://127.0.0.1:8082/x"), Hosts.ALLOWED)).hasSize(1);
    assertThatThrownBy(() -> local.check(URI.create("http://127.0.0.1:8081/x"), Hosts.ALLOWED))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("managed identity");
  }

  @Test
  void endpointOverHttpInANetwork_mayPointToHttpsOnly() throws Exception {
    UrlPolicy inside = policy("http://videos.internal:4000/v1");
    names.put("videos.internal", List.of("10.0.0.4"));
    names.put("cdn.example", List.of("10.0.0.5"));

    assertThat(inside.check(URI.create("http://videos.internal:4000/v1/videos/x"), Hosts.ALLOWED))
        .hasSize(1);
    assertThat(inside.check(URI.create("https://cdn.example/v.mp4"), Hosts.ALLOWED)).hasSize(1);
    for (String url : List.of("http://videos.internal:9000/v.mp4", "http://cdn.example/v.mp4")) {
      assertThatThrownBy(() -> inside.check(URI.create(url), Hosts.ALLOWED))
          .isInstanceOf(RefusedUrlException.class)
          .hasMessageContaining("only https is followed");
    }
  }

  @Test
  void endpointOnThisMachineOverHttp_mayNotPointToHttpElsewhere() {
    UrlPolicy local = policy("http://127.0.0.1:8081");
    names.put("127.0.0.1", List.of("127.0.0.1"));

    assertThatThrownBy(
            () -> local.check(URI.create("http://acct.blob.core.windows.net/v.mp4"), Hosts.ALLOWED))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("only https is followed");
  }

  @Test
  void endpointOnThisMachineOverHttp_mayPointToHttpHere() throws Exception {
    UrlPolicy local = policy("http://127.0.0.1:8081");
    names.put("127.0.0.1", List.of("127.0.0.1"));

    assertThat(local.check(URI.create("http://127.0.0.1:9999/x"), Hosts.ALLOWED)).isNotNull();
    assertThatThrownBy(() -> local.check(URI.create("http://localhost:9999/x"), Hosts.ALLOWED))
        .isInstanceOf(RefusedUrlException.class);
  }

  @Test
  void nameWithoutAnAddress_isNotARefusal() {
    names.put("cdn.example", List.of());

    assertThatThrownBy(() -> policy.check(URI.create("https://cdn.example/"), Hosts.ALLOWED))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void nameThatOnlyTheProxyKnows_isFollowedWithoutAnAddress() throws Exception {
    UrlPolicy behindProxy = behindProxy("*.example.org");
    names.put("cdn.example", List.of());
    names.put("r.openai.azure.com", List.of());
    names.put("a.blob.core.windows.net", List.of("10.1.2.3"));

    assertThat(behindProxy.check(URI.create("https://cdn.example/"), Hosts.ALLOWED)).isEmpty();
    assertThat(behindProxy.check(URI.create("https://r.openai.azure.com/x"), Hosts.ALLOWED))
        .isEmpty();
    assertThatThrownBy(
            () -> behindProxy.check(URI.create("https://a.blob.core.windows.net/"), Hosts.ALLOWED))
        .as("a name that is known here, and is inside")
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("private network");
    assertThatThrownBy(() -> behindProxy.check(URI.create("https://evil.example/"), Hosts.ALLOWED))
        .isInstanceOf(RefusedUrlException.class);
  }

  @Test
  void nameThatCannotBeResolved_isUnknownWhereNoProxyConnects() {
    UrlPolicy behindProxy = behindProxy("cdn.example");
    names.put("cdn.example", List.of());

    assertThatThrownBy(() -> behindProxy.check(URI.create("https://cdn.example/"), Hosts.ALLOWED))
        .isInstanceOf(UnknownHostException.class);
  }

  private UrlPolicy behindProxy(String exceptions) {
    return policy(
        Endpoint.parse("https://r.openai.azure.com"),
        TestProxies.with("http://proxy:3128", exceptions));
  }

  private void assertRefused(String url) {
    assertThatThrownBy(() -> policy.check(URI.create(url), Hosts.ALLOWED))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("was not followed: ");
  }

  private UrlPolicy policy(String endpoint) {
    return policy(Endpoint.parse(endpoint), Proxies.none());
  }

  private UrlPolicy policy(Endpoint endpoint, Proxies proxies) {
    return new UrlPolicy(
        endpoint,
        ALLOWED,
        new AddressPolicy(endpoint, proxies, Optional.of(IDENTITY), this::resolve));
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookedUp.add(host);
    List<String> literals = names.getOrDefault(host, List.of(PUBLIC));
    if (literals.isEmpty()) {
      throw new UnknownHostException(host);
    }
    InetAddress[] addresses = new InetAddress[literals.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByName(literals.get(i));
    }
    return addresses;
  }
}
