package io.soracourier.courier;

/** What a job waits for until it is checked again. */
public enum Waiting {
  /** The video: it is not made yet, or not there yet. */
  VIDEO,
  /** The video service, whose call failed. */
  SERVICE,
  /** The storage, whose call failed. */
  STORAGE,
  /** A slot for its copy: the maximum of concurrent copies is running. */
  COPY,
  /** The courier itself, which has too much to do, or an error in it. */
  COURIER
}
