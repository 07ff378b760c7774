package io.soracourier.http;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.setting.RawSetting;
import io.soracourier.text.Secrets;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Which requests go through an HTTP proxy: one rule for all clients. Those over https do, where
 * {@value #SETTING} is set and {@value #EXCEPTIONS} does not exempt the host. This machine is never
 * reached through a proxy, and neither is anything over http, which are the identity endpoint of
 * the platform and emulators. Java's own properties do not count.
 */
public final class Proxies {
  /** The proxy, {@code http://user:password@host:port}; the name in either case of letters. */
  static final String SETTING = "HTTPS_PROXY";

  /** Hosts that are reached without it, see {@link NoProxy}. */
  static final String EXCEPTIONS = "NO_PROXY";

  private static final String WHAT_TO_PUT =
      "; put http://host:port there, with user:password@ before the host if the proxy wants them";

  /** For the REST Client: no proxy, whatever Java's properties say. */
  private static final String NO_HOST = "none";

  private final Optional<URI> proxy;
  private final NoProxy exceptions;

  private Proxies(Optional<URI> proxy, NoProxy exceptions) {
    this.proxy = proxy;
    this.exceptions = exceptions;
  }

  /** No request goes through a proxy. */
  public static Proxies none() {
    return new Proxies(Optional.empty(), NoProxy.parse(""));
  }

  /**
   * By the settings.
   *
   * @throws InvalidSettingException when they are not valid
   */
  static Proxies from(Config config) {
    return new Proxies(proxy(config), exceptions(config));
  }

  static Optional<URI> proxy(Config config) {
    return RawSetting.trimmed(config, SETTING).map(Proxies::parse);
  }

  static NoProxy exceptions(Config config) {
    return NoProxy.parse(RawSetting.trimmed(config, EXCEPTIONS).orElse(""));
  }

  private static URI parse(String text) {
    URI proxy;
    try {
      proxy = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      // Its message quotes the value, which may have a password.
      throw new InvalidSettingException(SETTING, "is not a URL" + WHAT_TO_PUT);
    }
    if (!"http".equalsIgnoreCase(proxy.getScheme())) {
      throw new InvalidSettingException(
          SETTING, "is not an http URL; proxies of other kinds are not supported" + WHAT_TO_PUT);
    }
    if (proxy.getHost() == null || proxy.getPort() <= 0 || proxy.getPort() > 65_535) {
      throw new InvalidSettingException(SETTING, "has no host or no port" + WHAT_TO_PUT);
    }
    return proxy;
  }

  /** Registers the credentials for the proxy. */
  void registerSecrets() {
    proxy.map(URI::getRawUserInfo).ifPresent(user -> Secrets.register(SETTING, password(user)));
  }

  /** The proxy that a request for this address goes through, if any. */
  public Optional<ProxyOptions> forUri(URI uri) {
    return proxy
        .filter(any -> "https".equalsIgnoreCase(uri.getScheme()) && !exceptions.contains(uri))
        .map(Proxies::options);
  }

  private static ProxyOptions options(URI proxy) {
    ProxyOptions options = new ProxyOptions().setHost(proxy.getHost()).setPort(proxy.getPort());
    String user = proxy.getRawUserInfo();
    if (user != null) {
      options.setUsername(decoded(user.split(":", 2)[0])).setPassword(password(user));
    }
    return options;
  }

  /**
   * The same for a REST Client.
   *
   * @param base where all of its requests go
   */
  public void apply(QuarkusRestClientBuilder builder, URI base) {
    builder.proxyAddress(NO_HOST, 0);
    forUri(base)
        .ifPresent(
            options -> {
              builder.proxyAddress(options.getHost(), options.getPort());
              builder.proxyUser(options.getUsername());
              builder.proxyPassword(options.getPassword());
            });
  }

  private static String password(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
