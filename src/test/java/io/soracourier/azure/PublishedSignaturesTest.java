package io.soracourier.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Microsoft has published about signed requests. The documentation prints strings to sign; the
 * signatures that it prints beside them are of keys that it does not print.
 */
class PublishedSignaturesTest {
  private static final SharedKeySigner MYACCOUNT = signer("myaccount", "");

  /** "Grant limited access to Azure Storage resources using SAS", the example of a service SAS. */
  private static final String SERVICE_SAS =
      "sv=2015-04-05&st=2015-04-29T22%3A18%3A26Z&se=2015-04-30T02%3A23%3A26Z&sr=b&sp=rw"
          + "&sip=168.1.5.60-168.1.5.70&spr=https&sig=Z%2FRHIX5Xcg0Mq2rqI3OlWTjEg2tYkboXr1P9ZUXDtkk%3D";

  /**
   * "Configure Azure Storage connection strings", the example with an account SAS, on one line and
   * without the File service.
   */
  private static final String ACCOUNT_SAS =
      "sv=2015-07-08&sig=iCvQmdZngZNW%2F4vw43j6%2BVz6fndHF5LI639QJba4r8o%3D&spr=https"
          + "&st=2016-04-12T03%3A24%3A31Z&se=2016-04-13T03%3A29%3A31Z&srt=s&ss=bf&sp=rwl";

  /** "Authorize with Shared Key", the example of the Blob, Queue and File services. */
  @Test
  void getContainerMetadata_isCanonicalisedAsPublished() {
    RequestHead request =
        head(
                "GET",
                "http://myaccount.blob.core.windows.net/mycontainer",
                "restype=container&comp=metadata&timeout=20")
            .header("x-ms-version", "2015-02-21")
            .header("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT");

    assertThat(MYACCOUNT.stringToSign(request))
        .isEqualTo(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\n"
                + "x-ms-version:2015-02-21\n"
                + "/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20");
  }

  /** "Authorize with Shared Key", "Content-Length header in version 2015-02-21 and later". */
  @Test
  void contentLengthOfZero_isLeftOutAsPublished() {
    RequestHead request =
        head("PUT", "http://myaccount/mycontainer", "restype=container&timeout=30")
            .header("x-ms-version", "2015-02-21")
            .header("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT")
            .header("Content-Length", "0");

    assertThat(MYACCOUNT.stringToSign(request))
        .isEqualTo(
            "PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\n"
                + "x-ms-version:2015-02-21\n"
                + "/myaccount/mycontainer\nrestype:container\ntimeout:30");
  }

  /**
   * "Authorize with Shared Key", the examples of "2009-09-19 and later Shared Key format". In the
   * second one the documentation calls the container mycontainer only where it is signed.
   */
  @ParameterizedTest
  @CsvSource({
    "restype=container&comp=metadata, 'comp:metadata\nrestype:container'",
    "restype=container&comp=list&include=snapshots&include=metadata&include=uncommittedblobs,"
        + "'comp:list\ninclude:metadata,snapshots,uncommittedblobs\nrestype:container'"
  })
  void query_isCanonicalisedAsPublished(String query, String canonical) {
    RequestHead request = head("GET", "http://myaccount.blob.core.windows.net/mycontainer", query);

    assertThat(MYACCOUNT.stringToSign(request)).endsWith("\n/myaccount/mycontainer\n" + canonical);
  }

  /** "Call REST API operations with Shared Key authorization", the result of its code. */
  @Test
  void listContainers_isCanonicalisedAsPublished() {
    RequestHead request =
        head("GET", "http://contosorest.blob.core.windows.net/", "comp=list")
            .header("x-ms-date", "Fri, 17 Nov 2017 01:07:37 GMT")
            .header("x-ms-version", "2017-07-29");

    assertThat(signer("contosorest", "").stringToSign(request))
        .isEqualTo(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 17 Nov 2017 01:07:37 GMT\n"
                + "x-ms-version:2017-07-29\n/contosorest/\ncomp:list");
  }

  /**
   * Azure/azure-storage-ruby, {@code test/unit/core/auth/shared_key_test.rb} at commit 45df3ff: a
   * request, its key and its signature. Its {@code Date} is what the courier never sends.
   */
  @Test
  void requestWithEveryHeader_isSignedAsPublished() {
    SharedKeySigner signer = signer("account-name", "access-key");
    RequestHead request = new RequestHead("POST", URI.create("http://dummy.uri/resource"));
    for (String name :
        new String[] {
          "Content-Encoding",
          "Content-Language",
          "Content-Length",
          "Content-MD5",
          "Content-Type",
          "If-Modified-Since",
          "If-Match",
          "If-None-Match",
          "If-Unmodified-Since",
          "Range"
        }) {
      request.header(name, "foo");
    }
    request
        .header("x-ms-ImATeapot", "teapot")
        .header("x-ms-ShortAndStout", "True")
        .header("x-ms-reserve-spaces", "two  speces");
    String withoutDate = signer.stringToSign(request);

    assertThat(withoutDate.split("\n", -1)[6]).isEmpty();
    assertThat(signer.signature(withoutDate.replace("\n\n", "\nfoo\n")))
        .isEqualTo("TVilUAfUwtHIVp+eonglFDXfS5r0/OE0/vVX3GHcaxU=");
  }

  /** As the documentation prints it, and as people paste it. */
  @ParameterizedTest
  @ValueSource(strings = {SERVICE_SAS, ACCOUNT_SAS})
  void sas_isAppendedAsPublished(String sas) {
    for (String pasted : new String[] {sas, "?" + sas, URLDecoder.decode(sas, UTF_8)}) {
      Authentication appender =
          Credentials.of(
              "BlobEndpoint=https://myaccount.blob.core.windows.net;SharedAccessSignature="
                  + pasted);
      String blob = "https://myaccount.blob.core.windows.net/sascontainer/sasblob.txt";
      RequestHead plain = new RequestHead("GET", URI.create(blob));
      RequestHead withQuery = head("PUT", blob, "comp=blocklist");
      appender.sign(plain);
      appender.sign(withQuery);

      assertThat(plain.uri()).hasToString(blob + "?" + sas);
      assertThat(withQuery.uri()).hasToString(blob + "?comp=blocklist&" + sas);
    }
  }

  /** "Authorize with Shared Key", the format for Table storage. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "?comp=acl&timeout=20, ?comp=acl",
    "?%24filter=PartitionKey%20eq%20%27p%27&%24top=5, ''",
  })
  void tableRequest_isSignedWithoutOtherHeadersAndWithoutMostOfItsQuery(
      String query, String signed) {
    TableKeySigner tables = new TableKeySigner(MYACCOUNT, "myaccount", Clock.systemUTC());
    RequestHead request =
        new RequestHead(
                "POST", URI.create("https://myaccount.table.core.windows.net/jobs()" + query))
            .header("Content-Type", "application/json")
            .header("Content-Length", "42")
            .header("If-Match", "*")
            .header("x-ms-version", "2025-11-05")
            .header("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT");

    assertThat(tables.stringToSign(request))
        .isEqualTo(
            "POST\n\napplication/json\nFri, 26 Jun 2015 23:39:12 GMT\n/myaccount/jobs()" + signed);
  }

  private static RequestHead head(String method, String uri, String query) {
    return new RequestHead(method, URI.create(uri + "?" + query));
  }

  private static SharedKeySigner signer(String account, String key) {
    byte[] bytes = key.isEmpty() ? new byte[] {1} : key.getBytes(UTF_8);
    return new SharedKeySigner(new StorageCredential.SharedKey(account, bytes), Clock.systemUTC());
  }
}
