package io.soracourier.diagnosis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.content.Finding;
import io.soracourier.content.FoundUrl;
import io.soracourier.diagnosis.Diagnosis.JobSummary;
import io.soracourier.diagnosis.Diagnosis.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A diagnosis for a program; see {@code docs/schema/diagnosis.schema.json}. */
final class DiagnosisJson {
  private DiagnosisJson() {}

  static ObjectNode of(Diagnosis diagnosis, Map.Entry<String, String> credential) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jobId", diagnosis.jobId().value());
    json.put("at", diagnosis.at().toString());
    json.put("conclusion", diagnosis.conclusion().code());
    json.put("sentence", diagnosis.sentence());
    diagnosis.job().ifPresent(job -> json.set("job", job(job)));
    ArrayNode rows = json.putArray("rows");
    diagnosis.rows().forEach(row -> rows.add(row(row, credential)));
    return json;
  }

  private static ObjectNode job(JobSummary job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", job.status());
    put(json, "createdAt", job.createdAt().map(Instant::toString));
    put(json, "finishedAt", job.finishedAt().map(Instant::toString));
    put(json, "expiresAt", job.expiresAt().map(Instant::toString));
    put(json, "failureReason", job.failureReason());
    ArrayNode generations = json.putArray("generations");
    job.generations().forEach(generations::add);
    return json;
  }

  private static ObjectNode row(Row row, Map.Entry<String, String> credential) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", row.name());
    put(json, "generationId", Optional.ofNullable(row.generationId()));
    if (row.finding() == null) {
      json.put("explanation", row.note());
      return json;
    }
    Finding finding = row.finding();
    Repetition repetition = Repetition.of(finding, credential);
    ObjectNode request = json.putObject("request");
    request.put("method", "GET");
    request.put("url", finding.printableUri());
    request.put("credential", finding.credential());
    request.put("curl", repetition.curl());
    request.put("powerShell", repetition.powerShell());
    if (finding.status() != null) {
      json.put("status", finding.status());
    }
    put(json, "contentType", Optional.ofNullable(finding.contentType()));
    if (finding.shape() != null) {
      json.set("shape", finding.shape());
    }
    ArrayNode urls = json.putArray("urls");
    for (FoundUrl url : finding.urls()) {
      urls.addObject().put("where", url.where()).put("url", url.printable());
    }
    ObjectNode headers = json.putObject("headers");
    finding.headers().forEach(headers::put);
    put(json, "requestId", Optional.ofNullable(finding.requestId()));
    json.put("milliseconds", finding.took().toMillis());
    json.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("explanation", finding.explanation());
    return json;
  }

  private static void put(ObjectNode json, String name, Optional<String> value) {
    value.ifPresent(text -> json.put(name, text));
  }
}
