package io.soracourier.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the copies of one way took, round by round. */
record UsageSamples(List<Usage> usages) {
  Samples seconds() {
    return samples(Usage::seconds);
  }

  Samples processorSeconds() {
    return samples(Usage::processorSeconds);
  }

  Samples peakMebibytes() {
    return samples(usage -> Numbers.mebibytes(usage.peakBytes()));
  }

  private Samples samples(ToDoubleFunction<Usage> figure) {
    return new Samples(usages.stream().mapToDouble(figure).boxed().toList());
  }
}
