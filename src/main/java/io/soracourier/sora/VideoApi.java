package io.soracourier.sora;

/** The two HTTP APIs that a finished video can be had from. */
public enum VideoApi {
  /**
   * Azure's video generation jobs: {@code /video/generations/jobs/{id}}, content per generation,
   * {@code api-version=preview}.
   */
  SORA_1,
  /** {@code /videos/{id}}: Sora 2 on Azure, and the servers of other providers of that shape. */
  VIDEOS;

  public VideoApi other() {
    return this == SORA_1 ? VIDEOS : SORA_1;
  }
}
