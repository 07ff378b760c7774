package io.soracourier.bench;

/**
 * A figure beside its target.
 *
 * @param of what the figure is of, such as {@code native, 1 GiB}
 */
record Judgement(Target target, String of, double figure) {
  boolean isHit() {
    return target.isHitBy(figure);
  }

  String verdict() {
    return isHit() ? "hit" : "miss";
  }
}
