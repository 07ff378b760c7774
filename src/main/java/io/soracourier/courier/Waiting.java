package io.soracourier.courier;

/** What a job waits for until it is checked again. */
public enum Waiting {
  /** The video: it is not made yet, or not there yet. */
  VIDEO,
  /** The video service, which did not do what it was asked. */
  SERVICE,
  /** The storage, which did not do what it was asked. */
  STORAGE,
  /** A slot for its copy: the maximum of concurrent copies is running. */
  COPY,
  /** The courier itself, which has too much to do, or an error in it. */
  COURIER
}
