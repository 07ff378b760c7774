package io.soracourier.bench;

import java.util.List;

/**
 * What one part of the benchmark found.
 *
 * @param method how it was measured, in sentences
 */
record Section(Part part, List<String> method, List<Table> tables, List<Judgement> judgements) {}
