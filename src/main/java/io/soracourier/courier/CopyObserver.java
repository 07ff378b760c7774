package io.soracourier.courier;

/** Follows how far copies are. */
public interface CopyObserver {
  /**
   * Called by the copying thread for each piece that was received: returns immediately and throws
   * nothing.
   *
   * @param bytes of the video that have been received, from its beginning
   * @param declared how many there are to be, or -1 where the service does not say
   */
  void received(String jobId, String generationId, long bytes, long declared);
}
