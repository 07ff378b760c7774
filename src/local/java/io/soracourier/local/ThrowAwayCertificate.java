package io.soracourier.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate, for {@code 127.0.0.1} and {@code localhost} unless told otherwise,
 * made for one run by the JDK's keytool.
 *
 * @param file a PKCS#12 file with key and certificate
 * @param trustStore a PKCS#12 file with the certificate only, for clients to trust
 */
public record ThrowAwayCertificate(Path file, Path trustStore) {
  public static final String PASSWORD = "throw-away";
  private static final String THIS_MACHINE = "ip:127.0.0.1,dns:localhost";

  /** Makes one in a directory that exists. */
  public static ThrowAwayCertificate in(Path directory) {
    return in(directory, THIS_MACHINE);
  }

  private static ThrowAwayCertificate in(Path directory, String names) {
    Path file = directory.resolve("server.pfx");
    Path certificate = directory.resolve("server.pem");
    Path trustStore = directory.resolve("trust.p12");
    keytool(
        directory,
        List.of(
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-validity",
            "2",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "SAN=" + names,
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString()));
    keytool(
        directory,
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            "server",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString(),
            "-file",
            certificate.toString()));
    keytool(
        directory,
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            "server",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            trustStore.toString(),
            "-file",
            certificate.toString()));
    return new ThrowAwayCertificate(file, trustStore);
  }

  /** The options by which a virtual machine trusts this certificate, and only this one. */
  public String[] machineOptions() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + trustStore, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  /** A context that serves this certificate, and trusts it and no other. */
  public SSLContext context() throws GeneralSecurityException, IOException {
    KeyManagerFactory serving =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    serving.init(load(file), PASSWORD.toCharArray());
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(load(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(serving.getKeyManagers(), trusting.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void keytool(Path directory, List<String> options) {
    List<String> words = new java.util.ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(options);
    Command command = Command.run(directory, words);
    if (command.exitCode() != 0) {
      throw new LocalStackException("keytool: " + command.lastLine());
    }
  }

  /** Makes one in a directory of its own. */
  public static ThrowAwayCertificate temporary() {
    return of(THIS_MACHINE);
  }

  /**
   * The same for other names.
   *
   * @param names as keytool wants alternative names of a subject
   */
  public static ThrowAwayCertificate of(String names) {
    try {
      return in(Files.createTempDirectory("certificate"), names);
    } catch (IOException e) {
      throw new LocalStackException("cannot make a directory for a certificate", e);
    }
  }
}
