package io.soracourier.simulator;

/** The two video APIs the simulator serves. */
public enum Api {
  /** Azure's video generation jobs: {@code task_…} with one {@code gen_…} a variant. */
  SORA_1,
  /** The OpenAI shape: {@code video_…}, one video each. */
  SORA_2
}
