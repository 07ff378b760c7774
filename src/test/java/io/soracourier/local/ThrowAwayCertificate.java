package io.soracourier.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A self-signed certificate for {@code 127.0.0.1} and {@code localhost}, made for one run by the
 * JDK's keytool.
 *
 * @param file a PKCS#12 file with key and certificate
 * @param trustStore a PKCS#12 file with the certificate only, for clients to trust
 */
public record ThrowAwayCertificate(Path file, Path trustStore) {
  public static final String PASSWORD = "throw-away";

  /** Makes one in a directory that exists. */
  public static ThrowAwayCertificate in(Path directory) {
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
            "SAN=ip:127.0.0.1,dns:localhost",
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

  /** The options by which a JVM trusts this certificate, and only this one. */
  public String jvmOptions() {
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(trustStore, PASSWORD);
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
    try {
      return in(Files.createTempDirectory("certificate"));
    } catch (IOException e) {
      throw new LocalStackException("cannot make a directory for a certificate", e);
    }
  }
}
