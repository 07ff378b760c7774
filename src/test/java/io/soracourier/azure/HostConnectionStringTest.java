package io.soracourier.azure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.setting.InvalidSettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As {@code StorageConnectionString.cs} of Azure.Storage.Common, {@code src/Shared}, reads them.
 */
class HostConnectionStringTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AccountName=acct;AccountKey=YWJjZA",
        "AccountName=acct;AccountKeyName=key1;SharedAccessSignature=sv=1&sig=abc",
        "AccountName=acct;AccountKey=YWJjZA==;BlobEndpoint=https://a.b/;BlobSecondaryEndpoint=foo",
      })
  void refusedByTheHost_isRefused(String text) {
    assertThatThrownBy(() -> ConnectionString.parse(text).credential())
        .isInstanceOf(InvalidSettingException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UseDevelopmentStorage=True",
        "defaultEndpointsProtocol=https;accountName=acct;accountKey=YWJjZA==",
        "DefaultEndpointsProtocol=HTTPS;AccountName=acct;AccountKey=YWJjZA==",
      })
  void readByTheHost_isAccepted(String text) {
    assertThatCode(() -> ConnectionString.parse(text).credential()).doesNotThrowAnyException();
  }
}
