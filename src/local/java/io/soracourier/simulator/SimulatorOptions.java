package io.soracourier.simulator;

import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * How a simulator is started; each {@code with…} gives a changed copy.
 *
 * @param address the loopback address to listen on, {@code 127.0.0.1} or {@code ::1}
 * @param port 0 picks a free one
 * @param apiKey accepted as {@code api-key} and as bearer token
 * @param anonymous whether requests without a credential are answered too: for a server that is not
 *     the service, such as the target of a redirect
 * @param basePath what precedes {@code /video/generations/…} and {@code /videos}: {@code
 *     /openai/v1} on Azure, {@code /v1} on compatible servers
 * @param clock decides states, expiry and the dates in answers
 * @param stateTime how long each state lasts in jobs whose states advance by the clock
 * @param tls serve https with this context; null for http
 * @param server the server to be in place of the services themselves; null for those
 */
public record SimulatorOptions(
    String address,
    int port,
    String apiKey,
    boolean anonymous,
    String basePath,
    Clock clock,
    Duration stateTime,
    SSLContext tls,
    ServerProfile server) {
  private static final String SERVICES = "/openai/v1";

  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        "127.0.0.1",
        0,
        "simulator-key-0123456789abcdef",
        false,
        SERVICES,
        Clock.systemUTC(),
        Duration.ofSeconds(2),
        null,
        null);
  }

  public SimulatorOptions withAddress(String other) {
    return new SimulatorOptions(
        other, port, apiKey, anonymous, basePath, clock, stateTime, tls, server);
  }

  public SimulatorOptions withPort(int other) {
    return new SimulatorOptions(
        address, other, apiKey, anonymous, basePath, clock, stateTime, tls, server);
  }

  public SimulatorOptions withApiKey(String other) {
    return new SimulatorOptions(
        address, port, other, anonymous, basePath, clock, stateTime, tls, server);
  }

  public SimulatorOptions withAnonymous() {
    return new SimulatorOptions(
        address, port, apiKey, true, basePath, clock, stateTime, tls, server);
  }

  public SimulatorOptions withBasePath(String other) {
    return new SimulatorOptions(
        address, port, apiKey, anonymous, other, clock, stateTime, tls, server);
  }

  public SimulatorOptions withClock(Clock other) {
    return new SimulatorOptions(
        address, port, apiKey, anonymous, basePath, other, stateTime, tls, server);
  }

  public SimulatorOptions withStateTime(Duration other) {
    return new SimulatorOptions(
        address, port, apiKey, anonymous, basePath, clock, other, tls, server);
  }

  public SimulatorOptions withTls(SSLContext other) {
    return new SimulatorOptions(
        address, port, apiKey, anonymous, basePath, clock, stateTime, other, server);
  }

  /** Another server in place of the services: its paths, its ids, its words, its credential. */
  public SimulatorOptions withServer(ServerProfile profile) {
    return new SimulatorOptions(
        address, port, apiKey, anonymous, profile.basePath(), clock, stateTime, tls, profile);
  }

  /** The services themselves. */
  public SimulatorOptions withoutServer() {
    return new SimulatorOptions(
        address, port, apiKey, anonymous, SERVICES, clock, stateTime, tls, null);
  }
}
