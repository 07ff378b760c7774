package io.soracourier.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.Credentials;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.http.Proxies;
import io.soracourier.identity.TokenSource;
import io.soracourier.local.Azurite;
import io.soracourier.local.BearerToken;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each way in, against Azurite, which checks signatures as the service does. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class TableCredentialsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String KEY = "it's a+b%20\u00e4";
  private static final Map<String, Object> COLUMNS = Map.of("n", 1, "bytes", 2L);

  private final StorageAccount account = Azurite.shared().freshAccount();

  @Test
  void accountKey_signsEveryOperation() {
    assertEveryOperation(rows(account.connectionString()));
  }

  @Test
  void sas_isEnoughForEveryOperation() {
    assertEveryOperation(rows(sasConnectionString("t")));
  }

  @Test
  void sasWithoutTables_isDeniedWithoutTheSas() {
    Rows rows = rows(sasConnectionString("bq"));

    assertThatThrownBy(() -> rows.insert("p", "a", COLUMNS))
        .hasMessageStartingWith("Insert Entity jobs failed: 403 ")
        .hasMessageNotContaining("sig=")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void wrongKey_isDenied() {
    String wrong = Base64.getEncoder().encodeToString(new byte[64]);
    Rows rows = rows(account.connectionString().replace(account.key(), wrong));

    assertThatThrownBy(() -> rows.find("p", "a"))
        .hasMessageStartingWith("Get Entity jobs failed: 403 AuthorizationFailure")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void bearerToken_isAcceptedOverHttps() {
    try (Azurite azurite =
        Azurite.builder().bearerTokens(ThrowAwayCertificate.temporary()).start()) {
      URI endpoint = URI.create(azurite.developmentAccount().tableEndpoint());
      Authentication bearer =
          Credentials.bearer(
              tokens(BearerToken.forStorage(Clock.systemUTC().instant(), Duration.ofHours(1))));
      TableApi api =
          TableClients.builder(endpoint, bearer, TIMEOUT, Proxies.none())
              .trustAll(true)
              .build(TableApi.class);

      assertEveryOperation(TableClients.rows(api, "jobs", TIMEOUT));
    }
  }

  @Test
  void tokenRefused_isReplacedByAFreshOneInTheNextRequest() {
    try (StorageProxy storage = StorageProxy.before(account.tableEndpoint())) {
      storage.failAlways(seen -> true, StorageFault.tableError(401, "InvalidAuthenticationInfo"));
      Rows rows = rows(storage.endpoint(), Credentials.bearer(tokens("cached")));

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> rows.find("p", "a")).extracting("kind").isEqualTo(Kind.DENIED);
      }

      assertThat(storage.seen().stream().map(Seen::authorization))
          .containsExactly("Bearer cached", "Bearer fresh");
    }
  }

  private static void assertEveryOperation(Rows rows) {
    String first = rows.insert("p", KEY, COLUMNS);
    assertThat(rows.find("p", KEY)).hasValue(new Row("p", KEY, first, COLUMNS));
    String second = rows.replace("p", KEY, Map.of(), first);
    assertThat(rows.page("p", "a'", null, 10).rows())
        .isEqualTo(List.of(new Row("p", KEY, second, Map.of())));
    rows.delete("p", KEY);
    assertThat(rows.find("p", KEY)).isEmpty();
  }

  private Rows rows(String connectionString) {
    return rows(URI.create(account.tableEndpoint()), Credentials.of(connectionString));
  }

  private static Rows rows(URI endpoint, Authentication authentication) {
    return TableClients.rows(
        TableClients.builder(endpoint, authentication, TIMEOUT, Proxies.none())
            .build(TableApi.class),
        "jobs",
        TIMEOUT);
  }

  private String sasConnectionString(String services) {
    String sas =
        new BlobServiceClientBuilder()
            .connectionString(account.connectionString())
            .buildClient()
            .generateAccountSas(
                new AccountSasSignatureValues(
                    OffsetDateTime.now().plusHours(1),
                    AccountSasPermission.parse("rwdlacup"),
                    AccountSasService.parse(services),
                    AccountSasResourceType.parse("sco")));
    return "TableEndpoint=%s;SharedAccessSignature=%s".formatted(account.tableEndpoint(), sas);
  }

  private static TokenSource tokens(String cached) {
    return new TokenSource() {
      @Override
      public String token(String scope) {
        assertThat(scope).isEqualTo("https://storage.azure.com/.default");
        return cached;
      }

      @Override
      public String freshToken(String scope) {
        return "fresh";
      }
    };
  }
}
