package io.soracourier.sora;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.quarkus.runtime.StartupEvent;
import io.soracourier.sora.SoraException.Kind;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Requests the list of jobs once, in parallel to the start, so that a wrong address or key is seen
 * before the first job is. It stops nothing: what is wrong at a start may be right at the first
 * look, and servers without a list are as good as others.
 */
@Singleton
class EndpointCheck {
  private static final Logger LOG = Logger.getLogger("io.soracourier");
  private static final Integer UNAUTHORIZED = 401;

  private final SoraClient client;
  private final SoraConfig config;

  EndpointCheck(SoraClient client, SoraConfig config) {
    this.client = client;
    this.config = config;
  }

  /** On a thread of its own, because the Functions host waits for the start. */
  void start(@Observes StartupEvent event) {
    if (config.startCheck()) {
      new DefaultThreadFactory("endpoint-check", true).newThread(this::check).start();
    }
  }

  /** One API that responds as an API is enough, even with an error. */
  void check() {
    List<VideoApi> apis =
        VideoApis.named(config.api())
            .map(List::of)
            .orElse(List.of(VideoApis.VIDEOS, VideoApis.SORA_1));
    List<SoraException> wrong = new ArrayList<>();
    for (VideoApi api : apis) {
      try {
        client.list(api);
        return;
      } catch (SoraException e) {
        boolean refused = UNAUTHORIZED.equals(e.attempts().get(0).status());
        if (e.kind() != Kind.WRONG_ENDPOINT && !refused) {
          return;
        }
        wrong.add(e);
      } catch (RuntimeException e) {
        LOG.debug("the check of the endpoint failed", e);
        return;
      }
    }
    LOG.errorf(
        "event=denied message=\"at the start, %s\"", wrong.get(0).getMessage().replace('"', '\''));
  }
}
