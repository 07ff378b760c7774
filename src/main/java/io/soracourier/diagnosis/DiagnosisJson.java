package io.soracourier.diagnosis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.content.Finding;
import io.soracourier.diagnosis.Diagnosis.JobSummary;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.Redirect;
import java.time.Instant;
import java.util.Optional;

/** A diagnosis for a program; see {@code docs/reference/schema/diagnosis.schema.json}. */
final class DiagnosisJson {
  private DiagnosisJson() {}

  static ObjectNode of(Diagnosis diagnosis, SoraAuthentication authentication) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jobId", diagnosis.jobId().value());
    json.put("at", diagnosis.at().toString());
    json.put("conclusion", diagnosis.conclusion().code());
    json.put("sentence", diagnosis.sentence());
    diagnosis.job().ifPresent(job -> json.set("job", job(job)));
    ArrayNode rows = json.putArray("rows");
    diagnosis.rows().forEach(row -> rows.add(row(row, authentication)));
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

  private static ObjectNode row(Row row, SoraAuthentication authentication) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("code", row.place().code());
    json.put("label", row.place().label());
    // As label: the name that this property had first.
    json.put("name", row.place().label());
    put(json, "generationId", Optional.ofNullable(row.generationId()));
    json.put("verdict", row.verdict());
    json.put("explanation", row.explanation());
    if (row.finding() != null) {
      put(json, row.finding(), authentication);
    }
    return json;
  }

  private static void put(ObjectNode json, Finding finding, SoraAuthentication authentication) {
    RequestCommands repetition = RequestCommands.of(finding, authentication);
    ObjectNode request = json.putObject("request");
    request.put("method", "GET");
    request.put("url", finding.printableUri());
    put(request, "via", Optional.ofNullable(finding.via()));
    request.put("credential", finding.credential());
    request.put("curl", repetition.curl());
    request.put("powerShell", repetition.powerShell());
    put(request, "note", Optional.ofNullable(repetition.note()));
    ArrayNode redirects = json.putArray("redirects");
    for (Redirect redirect : finding.redirects()) {
      redirects.addObject().put("status", redirect.status()).put("url", redirect.printable());
    }
    json.put("milliseconds", finding.took().toMillis());
    if (finding.response() != null) {
      json.set("answer", response(finding.response()));
    }
  }

  private static ObjectNode response(Finding.Response response) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", response.status());
    put(json, "contentType", Optional.ofNullable(response.contentType()));
    put(json, "requestId", Optional.ofNullable(response.requestId()));
    if (response.shape() != null) {
      json.set("shape", response.shape());
      ArrayNode properties = json.putArray("properties");
      response.properties().forEach(properties::add);
    }
    ArrayNode urls = json.putArray("urls");
    for (FoundUrl url : response.urls()) {
      urls.addObject().put("where", url.where()).put("url", url.printable());
    }
    ObjectNode headers = json.putObject("headers");
    response.headers().forEach(headers::put);
    return json;
  }

  private static void put(ObjectNode json, String name, Optional<String> value) {
    value.ifPresent(text -> json.put(name, text));
  }
}
