package io.soracourier.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.identity.IdentityException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoint as App Service has it, over HTTP. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class IdentityEndpointTest {
  private static final String SCOPE = "https://storage.azure.com/.default";
  private static final String TOKEN =
      "{\"access_token\":\"eyJ0.token\",\"expires_on\":\"4102444800\",\"resource\":"
          + "\"https://storage.azure.com\",\"token_type\":\"Bearer\",\"client_id\":\"5E29\"}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = TOKEN;
  private Charset charset = UTF_8;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
          exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
          byte[] body = answer.getBytes(charset);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/MSI/token/", "/MSI/token"})
  void systemAssignedIdentity_isRequestedAsAppServiceWants(String path) {
    assertThat(identities(path).identity(Optional.empty()).token(SCOPE)).isEqualTo("eyJ0.token");
    assertThat(asked)
        .containsExactly(
            "GET "
                + path
                + "?resource=https%3A%2F%2Fstorage.azure.com&api-version=2019-08-01 guard");
  }

  @Test
  void userAssignedIdentity_isRequestedByClientId() {
    identities("/MSI/token/").identity(Optional.of("5E29")).token(SCOPE);

    assertThat(asked)
        .containsExactly(
            "GET /MSI/token/?resource=https%3A%2F%2Fstorage.azure.com&api-version=2019-08-01"
                + "&client_id=5E29 guard");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500, 503})
  void endpointBusy_isUnavailable(int busy) {
    status = busy;
    answer = "{\"statusCode\":500,\"message\":\"An unexpected error occured\"}";

    assertThatThrownBy(() -> identities("/").identity(Optional.empty()).token(SCOPE))
        .hasMessageContaining(busy + " {\"statusCode\"")
        .extracting("kind")
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void endpointRefusing_isRefusedWithItsReason() {
    status = 400;
    answer = "{\"statusCode\":400,\"message\":\"No Managed Identity found\"}";

    assertThatThrownBy(() -> identities("/").identity(Optional.empty()).token(SCOPE))
        .hasMessageContaining("No Managed Identity found")
        .extracting("kind")
        .isEqualTo(Kind.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void responseInAnotherUnicodeEncoding_isReadAndQuotedWithoutTheHeader(String name) {
    charset = Charset.forName(name);
    assertThat(identities("/").identity(Optional.empty()).token(SCOPE)).isEqualTo("eyJ0.token");
    status = 400;
    answer = "{\"message\":\"No Managed Identity for eyJ0.token\"}";

    assertThatThrownBy(() -> identities("/").identity(Optional.empty()).token(SCOPE))
        .hasMessageContaining("No Managed Identity for …")
        .hasMessageNotContaining("e y J");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{", "{}", "null", "{\"access_token\":\"\",\"expires_on\":1}"})
  void responseWithoutAToken_isUnavailable(String body) {
    answer = body;

    assertThatThrownBy(() -> identities("/").identity(Optional.empty()).token(SCOPE))
        .extracting("kind")
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void noEndpoint_isAbsentOnlyWhenUsed() {
    ManagedIdentities none =
        new ManagedIdentities(new SmallRyeConfigBuilder().build(), Clock.systemUTC());

    assertThat(none.present()).isFalse();
    TokenSource identity = none.identity(Optional.empty());
    assertThatThrownBy(() -> identity.token(SCOPE)).extracting("kind").isEqualTo(Kind.ABSENT);
  }

  private ManagedIdentities identities(String path) {
    return new ManagedIdentities(
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "IDENTITY_ENDPOINT",
                        "http://127.0.0.1:" + server.getAddress().getPort() + path,
                        "IDENTITY_HEADER",
                        "guard"),
                    "test",
                    100))
            .build(),
        Clock.systemUTC());
  }
}
