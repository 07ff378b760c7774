package io.soracourier.content;

import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.http.HttpGetClient;
import io.soracourier.http.HttpTimeouts;
import io.soracourier.http.Proxies;
import io.soracourier.identity.IdentityException;
import io.soracourier.sora.AddressPolicy;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.sora.SoraAuthentication.Credential;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraPolicies;
import io.soracourier.sora.VideoApi;
import io.soracourier.url.Redirect;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.url.UrlPolicy;
import io.soracourier.url.UrlPolicy.Hosts;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches content. Redirects are followed by hand, because each URL is checked, and the credential
 * goes to the endpoint's own origin only: once a redirect has left it, not even on a way back. From
 * the documented address they lead to any public host, and on from there; from any other location
 * only to hosts that are allowed.
 */
@Startup
@ApplicationScoped
public class ContentClient {
  private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 307, 308);
  private static final int MAX_ERROR = 8 * 1024;

  private final Endpoint endpoint;
  private final SoraAuthentication authentication;
  private final SoraErrors errors;
  private final ContentConfig config;
  private final UrlPolicy policy;
  private final HttpGetClient http;

  ContentClient(
      Endpoint endpoint,
      SoraAuthentication authentication,
      SoraErrors errors,
      ContentConfig config,
      Vertx vertx,
      Proxies proxies,
      AddressPolicy addresses) {
    this.endpoint = endpoint;
    this.authentication = authentication;
    this.errors = errors;
    this.config = config;
    this.policy = new UrlPolicy(endpoint, config.allowedHosts(), addresses);
    Duration stall = config.stallTimeout();
    this.http = new HttpGetClient(vertx, proxies, new HttpTimeouts(stall, stall, stall));
  }

  @PreDestroy
  void close() {
    http.close();
  }

  /**
   * Requests content that is known to be there, by the policy {@link SoraPolicies#CONTENT}.
   *
   * @return a response of 200 or 206; must be closed
   * @throws io.soracourier.sora.SoraException when there was another response, or none
   * @throws RefusedUrlException when the URL, or one it redirects to, is not to be followed
   */
  @ApplyGuard(SoraPolicies.CONTENT)
  ContentResponse get(Candidate candidate, Map<String, String> headers) {
    ContentResponse response = fetch(candidate, headers, met -> {});
    if (response.status() == 200 || response.status() == 206) {
      return response;
    }
    try (response) {
      throw failure(response, response.body().text(MAX_ERROR));
    }
  }

  /**
   * @param response of {@link #requestDocumented}
   * @throws io.soracourier.sora.SoraException what it means, when its status is not 200
   */
  public void expectContent(ContentResponse response) {
    if (response.status() != 200) {
      throw failure(response, response.body().text(MAX_ERROR));
    }
  }

  /**
   * Requests what the API documents beside a video, once.
   *
   * @param uri the endpoint's documented address of it
   * @return the response, whatever its status, after redirects; to be closed
   * @throws io.soracourier.sora.SoraException when there was none
   * @throws RefusedUrlException when a redirect is not followed
   */
  public ContentResponse requestDocumented(VideoApi api, URI uri) {
    return fetch(Candidate.documented(api, uri), Map.of(), met -> {});
  }

  /**
   * Requests content.
   *
   * @param headers further request headers, such as a range
   * @param met is given each redirect, also one that is not followed
   * @return the response, whatever its status, after redirects; to be closed
   * @throws io.soracourier.sora.SoraException when there was none
   * @throws RefusedUrlException when the URL, or one it redirects to, is not to be followed
   */
  ContentResponse fetch(Candidate candidate, Map<String, String> headers, Consumer<Redirect> met) {
    Candidate at = candidate;
    Hosts hosts =
        candidate.documented() && endpoint.isOriginOf(candidate.uri()) ? Hosts.ANY : Hosts.ALLOWED;
    Credential credential = authentication.credential(candidate.api());
    boolean trusted = true;
    int redirects = 0;
    while (true) {
      trusted &= endpoint.isOriginOf(at.uri());
      ContentResponse response = send(at, hosts, trusted ? credential : null, headers);
      if (trusted && credential.isRenewedAfter(response.status())) {
        response.close();
        continue;
      }
      String location = response.header("Location");
      if (!REDIRECTS.contains(response.status()) || location == null || location.isBlank()) {
        return response;
      }
      response.close();
      Redirect redirect = Redirect.of(response.status(), at.uri(), location);
      met.accept(redirect);
      if (redirects++ == config.maxRedirects()) {
        throw RefusedUrlException.forNow(
            at.uri(),
            "it redirects again after %d redirects (courier.content.max-redirects)"
                .formatted(config.maxRedirects()));
      }
      at = at.redirected(redirect.to());
    }
  }

  /**
   * One request. The URL is checked, and the connection goes to the very addresses that were.
   *
   * @param credential that goes with it
   */
  private ContentResponse send(
      Candidate candidate,
      Hosts hosts,
      @Nullable Credential credential,
      Map<String, String> further) {
    URI uri = candidate.uri();
    try {
      InetAddress[] addresses = policy.check(uri, hosts);
      Map<String, String> headers = new LinkedHashMap<>(further);
      headers.put("Accept", "*/*");
      if (credential != null) {
        credential.header().ifPresent(header -> headers.put(header.getKey(), header.getValue()));
      }
      return new ContentResponse(
          candidate, http.get(uri, headers, addresses), config.stallTimeout());
    } catch (IdentityException e) {
      throw errors.unauthenticated(candidate.shown(), e);
    } catch (IOException e) {
      throw errors.withoutResponse(candidate.shown(), e);
    }
  }

  /** What a response means that is not the content; its body has been read. */
  SoraException failure(ContentResponse response, String body) {
    URI shown = response.shownUri();
    if (SoraErrors.isNotReady(response.status())) {
      return errors.notReady(shown, response.status(), response::header, body);
    }
    if (response.status() == 206) {
      return errors.partial(shown, response.header("Content-Range"));
    }
    return endpoint.isOriginOf(response.uri()) && !response.isFromSignedUrl()
        ? errors.ofResponse(shown, response.status(), response::header, body)
        : errors.ofForeignResponse(shown, response.status(), response::header, body);
  }

  /** Whether the credential goes with a request for this address itself. */
  boolean sendsCredential(URI uri) {
    return endpoint.isOriginOf(uri) && !authentication.isAnonymous();
  }
}
