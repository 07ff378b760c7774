package io.soracourier.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of copies, of looks and of memory
 * @param starts of each program
 * @param looks in one measurement
 * @param copySizes bytes of the videos that are copied side by side
 * @param smallSizes bytes of the videos that are copied over distances
 * @param burst how many of these are copied one after the other
 * @param slowSizes bytes of the videos that are copied over a slow line
 * @param slowBurst how many of these are copied one after the other
 * @param videos how many are copied where throughput is measured
 * @param memorySizes bytes of the videos against which memory is measured
 * @param copiesAtOnce numbers of copies against which memory is measured
 */
record Plan(
    int rounds,
    int starts,
    int looks,
    List<Long> copySizes,
    List<Long> smallSizes,
    int burst,
    List<Long> slowSizes,
    int slowBurst,
    int videos,
    List<Long> memorySizes,
    List<Integer> copiesAtOnce) {
  private static final long MIB = 1L << 20;

  static final Plan FULL =
      new Plan(
          5,
          11,
          2000,
          List.of(5 * MIB, 50 * MIB, 256 * MIB, 1024 * MIB),
          List.of(MIB, 5 * MIB),
          10,
          List.of(5 * MIB, 10 * MIB),
          3,
          24,
          List.of(5 * MIB, 50 * MIB, 256 * MIB, 1024 * MIB, 4096 * MIB),
          List.of(1, 4, 8, 16, 24));

  static final Plan QUICK =
      new Plan(
          2,
          3,
          300,
          List.of(5 * MIB, 50 * MIB),
          List.of(MIB),
          3,
          List.of(5 * MIB),
          1,
          8,
          List.of(5 * MIB, 50 * MIB, 100 * MIB),
          List.of(1, 4));
}
