package io.soracourier.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.setting.InvalidSettingException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageSettingsTest {
  private static final String SECRET = "c2VjcmV0LXNlY3JldA==";
  private static final String ACCOUNT_KEY =
      "DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=" + SECRET;

  private static final String SAS = "AccountName=acct;SharedAccessSignature=sv=2025-11-05&sig=a";

  @Test
  void connectionStringOfThePortal_givesEndpointsAndKey() {
    StorageSettings settings =
        settings("VideoStorage", ACCOUNT_KEY + ";EndpointSuffix=core.windows.net");

    assertThat(settings.blobEndpoint()).hasToString("https://acct.blob.core.windows.net");
    assertThat(settings.queueEndpoint()).hasToString("https://acct.queue.core.windows.net");
    assertThat(settings.container()).isEqualTo("videos");
    assertThat(settings.credential())
        .isInstanceOfSatisfying(
            StorageCredential.SharedKey.class,
            key -> {
              assertThat(key.account()).isEqualTo("acct");
              assertThat(key.key()).asString().isEqualTo("secret-secret");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ACCOUNT_KEY + ";",
        ";;" + ACCOUNT_KEY,
        "AccountName=acct;AccountKey=" + SECRET,
        "accountname=acct;accountkey=" + SECRET + ";defaultendpointsprotocol=HTTPS",
        "AccountKey="
            + SECRET
            + ";AccountKeyName=key1;AccountName=acct;EndpointSuffix=core.windows.net",
        ACCOUNT_KEY + ";BlobEndpoint=https://acct.blob.core.windows.net/",
        ACCOUNT_KEY + ";TableEndpoint=https://acct.table.core.windows.net/"
      })
  void connectionStringThatTheHostReads_isRead(String pasted) {
    StorageSettings settings = settings("VideoStorage", pasted);

    assertThat(settings.blobEndpoint()).hasToString("https://acct.blob.core.windows.net");
    assertThat(settings.queueEndpoint()).hasToString("https://acct.queue.core.windows.net");
    assertThat(settings.credential()).isInstanceOf(StorageCredential.SharedKey.class);
  }

  @Test
  void otherCloud_isTakenFromTheEndpointSuffix() {
    StorageSettings settings =
        settings("VideoStorage", ACCOUNT_KEY + ";EndpointSuffix=core.chinacloudapi.cn");

    assertThat(settings.queueEndpoint()).hasToString("https://acct.queue.core.chinacloudapi.cn");
  }

  @ParameterizedTest
  @CsvSource({
    "UseDevelopmentStorage=true,http://127.0.0.1",
    "UseDevelopmentStorage=True;,http://127.0.0.1",
    "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite/,http://azurite"
  })
  void developmentStorage_isTheEmulatorOnItsOwnPorts(String pasted, String origin) {
    StorageSettings settings = settings("VideoStorage", pasted);

    assertThat(settings.blobEndpoint()).hasToString(origin + ":10000/devstoreaccount1");
    assertThat(settings.queueEndpoint()).hasToString(origin + ":10001/devstoreaccount1");
    assertThat(settings.credential()).hasToString("SharedKey[devstoreaccount1]");
  }

  @ParameterizedTest
  @CsvSource({
    ACCOUNT_KEY + ", https://acct.table.core.windows.net",
    ACCOUNT_KEY + ";EndpointSuffix=core.chinacloudapi.cn, https://acct.table.core.chinacloudapi.cn",
    ACCOUNT_KEY + ";TableEndpoint=https://t.example.com/, https://t.example.com",
    ACCOUNT_KEY
        + ";QueueEndpoint=https://acct.queue.core.windows.net/, https://acct.table.core.windows.net",
    ACCOUNT_KEY + ";QueueEndpoint=http://127.0.0.1:10001/acct,",
    ACCOUNT_KEY + ";QueueEndpoint=https://queues.example.com,",
    "UseDevelopmentStorage=true, http://127.0.0.1:10002/devstoreaccount1",
    SAS + ", https://acct.table.core.windows.net",
    SAS + ";TableEndpoint=https://t.example.com/, https://t.example.com"
  })
  void tableEndpoint_isFoundWhereTheConnectionStringTells(String connection, URI endpoint) {
    assertThat(settings("VideoStorage", connection).tableEndpoint())
        .isEqualTo(Optional.ofNullable(endpoint));
  }

  @ParameterizedTest
  @CsvSource({
    "accountName=acct, https://acct.table.core.windows.net",
    "accountName=acct tableServiceUri=https://t.example.com/, https://t.example.com",
    "blobServiceUri=https://b.example.com queueServiceUri=https://q.example.com"
        + " tableServiceUri=https://t.example.com, https://t.example.com",
    "blobServiceUri=https://b.example.com queueServiceUri=https://q.example.com,",
    "blobServiceUri=https://acct.blob.core.windows.net"
        + " queueServiceUri=https://acct.queue.core.windows.net,"
        + "https://acct.table.core.windows.net",
    "accountName=acct queueServiceUri=https://acct.queue.core.usgovcloudapi.net,"
        + "https://acct.table.core.usgovcloudapi.net",
    "blobServiceUri=https://acct.z01.blob.storage.azure.net"
        + " queueServiceUri=https://acct.z01.queue.storage.azure.net,"
        + "https://acct.z01.table.storage.azure.net",
    "blobServiceUri=https://b.example.com queueServiceUri=https://a.queue.queue.example.com,"
  })
  void tableServiceUri_isFoundWhereTheOtherSettingsTell(String pairs, URI endpoint) {
    String[] settings =
        Arrays.stream(pairs.split("[ =]"))
            .map(
                part ->
                    part.startsWith("http") || part.equals("acct") ? part : "VideoStorage__" + part)
            .toArray(String[]::new);

    assertThat(settings(settings).tableEndpoint()).isEqualTo(Optional.ofNullable(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sv=2025-11-05&sp=rw&sig=a%2Bb%2Fc%3D",
        "?sv=2025-11-05&sp=rw&sig=a%2Bb%2Fc%3D",
        "sv=2025-11-05&sp=rw&sig=a+b/c=",
        "&sv=2025-11-05&&sp=rw&sig=a%2bb%2fc%3d&"
      })
  void sasAsPeoplePasteIt_isEncodedOnce(String pasted) {
    StorageSettings settings =
        settings(
            "VideoStorage",
            "BlobEndpoint=https://acct.blob.core.windows.net/;"
                + "QueueEndpoint=https://acct.queue.core.windows.net/;SharedAccessSignature="
                + pasted);

    assertThat(settings.credential())
        .isEqualTo(new StorageCredential.Sas("sv=2025-11-05&sp=rw&sig=a%2Bb%2Fc%3D"));
  }

  @Test
  void accountName_isEnoughForAManagedIdentity() {
    StorageSettings settings = settings("VideoStorage__accountName", "acct");

    assertThat(settings.blobEndpoint()).hasToString("https://acct.blob.core.windows.net");
    assertThat(settings.queueEndpoint()).hasToString("https://acct.queue.core.windows.net");
    assertThat(settings.credential()).isEqualTo(new StorageCredential.Token(Optional.empty()));
  }

  @Test
  void serviceUris_areTakenAsTheyAre() {
    StorageSettings settings =
        settings(
            "VideoStorage__blobServiceUri", "https://blobs.example.com/",
            "VideoStorage__queueServiceUri", " https://queues.example.com ",
            "VideoStorage__credential", "managedidentity",
            "VideoStorage__clientId", "0000-1111");

    assertThat(settings.blobEndpoint()).hasToString("https://blobs.example.com");
    assertThat(settings.queueEndpoint()).hasToString("https://queues.example.com");
    assertThat(settings.credential())
        .isEqualTo(new StorageCredential.Token(Optional.of("0000-1111")));
  }

  @Test
  void clientIdOfTheEnvironment_isUsedOnlyWithoutACredentialSetting() {
    assertThat(
            settings("VideoStorage__accountName", "acct", "AZURE_CLIENT_ID", "2222").credential())
        .isEqualTo(new StorageCredential.Token(Optional.of("2222")));
    assertThat(
            settings(
                    "VideoStorage__accountName", "acct",
                    "VideoStorage__credential", "managedidentity",
                    "AZURE_CLIENT_ID", "2222")
                .credential())
        .isEqualTo(new StorageCredential.Token(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AccountKey=" + SECRET + "|VideoStorage has an AccountKey but no AccountName",
        "AccountName=acct|VideoStorage has neither AccountKey nor SharedAccessSignature",
        "AccountName=acct;AccountKey=" + SECRET + "!|VideoStorage has an AccountKey that is not",
        "AccountName=acct;AccountKey="
            + SECRET
            + ";AccountKey="
            + SECRET
            + "|VideoStorage has AccountKey twice",
        ACCOUNT_KEY + ";SharedAccessSignature=sig=" + SECRET + "|VideoStorage has both AccountKey",
        "UseDevelopmentStorage=true;AccountKey=" + SECRET + "|VideoStorage has both UseDevelopment",
        SECRET + "|VideoStorage is not a connection string",
        "secret-secret|VideoStorage is not a connection string",
        "https://acct.blob.core.windows.net/?sv=1&sig="
            + SECRET
            + "|VideoStorage is not a connection string",
        "UseDevelopmentStorage=false|VideoStorage has no UseDevelopmentStorage=true",
        "DevelopmentStorageProxyUri=http://azurite|VideoStorage has no UseDevelopmentStorage=true",
        "AccountName=;AccountKey=" + SECRET + "|VideoStorage has an empty AccountName",
        "\"AccountName=acct;AccountKey=" + SECRET + "\"|VideoStorage is in quotes",
        "AccountName=acct;AccountKey=c2VjcmV0LXNlY3JldA|VideoStorage has an AccountKey that is not",
        "AccountName=acct;AccountKeyName=key1;SharedAccessSignature=sig="
            + SECRET
            + "|VideoStorage has an AccountKeyName, but no AccountKey",
        ACCOUNT_KEY
            + ";BlobEndpoint=https://b;BlobSecondaryEndpoint=foo|VideoStorage has a BlobSecondaryEndpoint",
        ACCOUNT_KEY + ";EndpointSuffix=https://core|VideoStorage has an EndpointSuffix that",
        "DefaultEndpointsProtocol=https;BlobEndpoint=https://b;QueueEndpoint=https://q;SharedAccessSignature=sig="
            + SECRET
            + "|VideoStorage has DefaultEndpointsProtocol or EndpointSuffix, but no AccountName",
        ACCOUNT_KEY
            + ";BlobSecondaryEndpoint=https://b|VideoStorage has a BlobSecondaryEndpoint, but",
        ACCOUNT_KEY + ";Timeout=30|VideoStorage is not a connection string",
        ACCOUNT_KEY + ";BlobEndpoint=acct.blob.core.windows.net|VideoStorage has a BlobEndpoint",
        ACCOUNT_KEY + ";BlobEndpoint=https://h/?sig=" + SECRET + "|VideoStorage has a BlobEndpoint",
        "AccountName=acct;SharedAccessSignature=sv=1&sp=r|VideoStorage has a SharedAccessSignature",
        "AccountName=acct;SharedAccessSignature=sig=%zz|VideoStorage has a SharedAccessSignature",
        "DefaultEndpointsProtocol=ftp;AccountName=acct;AccountKey="
            + SECRET
            + "|VideoStorage has a DefaultEndpointsProtocol"
      })
  void malformedConnectionString_isRefusedWithoutQuotingIt(String pasted, String message) {
    assertThatThrownBy(() -> settings("VideoStorage", pasted))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining("secret-secret")
        .hasMessageNotContaining("\n");
  }

  /** The real host disables the function that uses such a connection, and runs on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ACCOUNT_KEY + "\n",
        ACCOUNT_KEY + ";\r\n",
        " " + ACCOUNT_KEY,
        ACCOUNT_KEY + "\u00a0",
        "\ufeff" + ACCOUNT_KEY,
        "UseDevelopmentStorage=true ",
        "UseDevelopmentStorage = true",
        "AccountName=acct; AccountKey=" + SECRET,
        "AccountName=acct;AccountKey=" + SECRET + "\t;EndpointSuffix=core.windows.net",
      })
  void whiteSpaceInAConnectionString_isRefusedAsTheHostWouldNotReadIt(String pasted) {
    assertThatThrownBy(() -> settings("VideoStorage", pasted))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("VideoStorage has white space at ")
        .hasMessageContaining("the Functions host does not read")
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining("\n");
  }

  @Test
  void nothingSet_saysWhatToSet() {
    assertThatThrownBy(() -> settings("VideoStorage", "  "))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "VideoStorage is missing: put a storage connection string there, or set"
                + " VideoStorage__accountName to use a managed identity");
  }

  @Test
  void bothForms_contradictEachOther() {
    assertThatThrownBy(
            () -> settings("VideoStorage", ACCOUNT_KEY, "VideoStorage__accountName", "acct"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("VideoStorage contradicts VideoStorage__accountName: remove one of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VideoStorage__blobServiceUri|https://b.example.com|VideoStorage__queueServiceUri is missing",
        "VideoStorage__clientId|0000|VideoStorage__blobServiceUri is missing",
        "VideoStorage__accountName|https://acct.blob.core.windows.net|VideoStorage__accountName is not",
        "VideoStorage__blobServiceUri|http://b.example.com|VideoStorage__blobServiceUri must begin",
        "VideoStorage__blobServiceUri|https://b.example.com?sig=x|VideoStorage__blobServiceUri is not",
        "VideoStorage__blobServiceUri|b.example.com|VideoStorage__blobServiceUri is not an endpoint",
        "VideoStorage__accountName|'acct\n'|VideoStorage__accountName has white space around it",
        "VideoStorage__credential|' managedidentity'|VideoStorage__credential has white space",
        "VideoStorage__clientId|'0000 '|VideoStorage__clientId has white space around it",
        "VideoStorage__credential|secret|VideoStorage__credential is not known"
      })
  void incompleteOrMalformedIdentityForm_namesTheSetting(
      String name, String value, String message) {
    assertThatThrownBy(() -> settings(name, value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "a-b",
        "0-0",
        "videos-2026",
        "a23456789-123456789-123456789-123456789-123456789-123456789-123"
      })
  void containerNameByTheRules_isTaken(String name) {
    assertThat(settings("VideoStorage", ACCOUNT_KEY, "VIDEO_CONTAINER", name).container())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Videos",
        "a--b",
        "-ab",
        "ab-",
        "a_b",
        "a/b",
        "$root",
        "\u00e4bc",
        "a23456789-123456789-123456789-123456789-123456789-123456789-1234"
      })
  void containerNameAgainstTheRules_isRefused(String name) {
    assertThatThrownBy(() -> settings("VideoStorage", ACCOUNT_KEY, "VIDEO_CONTAINER", name))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("VIDEO_CONTAINER is not a container's name: ");
  }

  private static StorageSettings settings(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return StorageSettings.from(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build());
  }
}
