package io.soracourier.courier;

/** What a job that is to be checked again waits for. */
public enum Waiting {
  /** The video: it is not made yet, or not there yet. */
  VIDEO,
  /** The video service, which did not do what it was asked. */
  SERVICE,
  /** The storage, which did not do what it was asked. */
  STORAGE,
  /** A slot for its copy: as many run as may at once. */
  COPY,
  /** The courier itself, which has too much to do, or an error in it. */
  COURIER
}
