package io.soracourier.sora;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A reader of jobs as the application has it, for tests of other packages. */
public final class JobReaders {
  private JobReaders() {}

  public static JobReader of(Endpoint endpoint, SoraErrors errors) {
    ObjectMapper json =
        new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return new JobReader(endpoint, errors, json);
  }
}
