package io.soracourier.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1}, made by the
 * JDK's {@code keytool}, for a simulator that serves https.
 *
 * @param store a PKCS #12 file with the key
 * @param trustStore a PKCS #12 file with the certificate alone, for processes that are to trust it
 */
public record LoopbackCertificate(Path store, Path trustStore) {
  /** Of the store. It protects nothing: the key is made anew for each test. */
  public static final String PASSWORD = "changeit";

  /**
   * @param directory where to put the stores
   */
  public static LoopbackCertificate create(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("loopback.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "loopback",
            "-keyalg",
            "EC",
            "-validity",
            "2",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1,ip:::1",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no certificate: " + output);
    }
    Path trustStore = directory.resolve("loopback-trust.p12");
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trusted(load(store)).store(out, PASSWORD.toCharArray());
    }
    return new LoopbackCertificate(store, trustStore);
  }

  /** A context that serves this certificate, and trusts it and no other. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = load(store);
    KeyManagerFactory serving =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    serving.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(trusted(keys));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(serving.getKeyManagers(), trusting.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** Key entries are not trust anchors by themselves. */
  private static KeyStore trusted(KeyStore keys) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("loopback", keys.getCertificate("loopback"));
    return trusted;
  }
}
