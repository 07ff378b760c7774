package io.soracourier.local;

import java.util.Optional;

/** Calls that the local host's HTTP port serves beside the functions. */
interface LocalCalls {
  /** The response; empty for a path that is none of these calls. */
  Optional<HttpResult> respond(IncomingRequest request);
}
