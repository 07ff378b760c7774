package io.soracourier.sora;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the video service is called. */
@ConfigMapping(prefix = "courier.sora")
public interface SoraConfig {
  String AUTO = "auto";

  /**
   * The {@linkplain VideoApi#name() name} of the API that jobs belong to, or {@value #AUTO}: tells
   * by the id and requests the job from the others, too, on a 404.
   */
  @WithDefault(AUTO)
  String api();

  /**
   * The header that carries the key: a name, or a name, a colon and what is before the key; {@value
   * #AUTO}: as the endpoint wants it.
   */
  @WithDefault(AUTO)
  String keyHeader();

  /** Whether the endpoint may be an http URL to another machine. */
  @WithDefault("false")
  boolean allowHttp();

  /** Whether the list of jobs is requested once at the start. */
  @WithDefault("true")
  boolean startCheck();

  /** How long a connection may take. */
  @WithDefault("10s")
  Duration connectTimeout();

  /** How long a response about a job may take. */
  @WithDefault("30s")
  Duration readTimeout();
}
