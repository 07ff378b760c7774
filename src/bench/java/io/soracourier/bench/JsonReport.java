package io.soracourier.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The report for programs: every sample, and numbers as they were measured. */
record JsonReport(Report report) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String text() {
    return json().toPrettyString() + "\n";
  }

  ObjectNode json() {
    ObjectNode root = JSON.createObjectNode().put("quick", report.quick());
    root.set("facts", JSON.valueToTree(report.facts()));
    root.set("notRun", JSON.valueToTree(report.notRun()));
    ArrayNode targets = root.putArray("targets");
    for (Judgement each : report.judgements()) {
      targets
          .addObject()
          .put("target", each.target().name())
          .put("limit", each.target().limit())
          .put("of", each.of())
          .put("figure", each.figure())
          .put("verdict", each.verdict());
    }
    ObjectNode parts = root.putObject("parts");
    for (Section section : report.sections()) {
      ArrayNode tables = parts.putArray(section.part().code());
      section.tables().forEach(table -> tables.add(table(table)));
    }
    return root;
  }

  private static ObjectNode table(Table table) {
    ObjectNode node = JSON.createObjectNode().put("title", table.title());
    ArrayNode rows = node.putArray("rows");
    for (List<Cell> cells : table.rows()) {
      ObjectNode row = rows.addObject();
      for (int i = 0; i < cells.size(); i++) {
        row.set(table.columns().get(i), cell(cells.get(i)));
      }
    }
    return node;
  }

  private static JsonNode cell(Cell cell) {
    JsonNodeFactory nodes = JSON.getNodeFactory();
    if (cell instanceof Cell.Text text) {
      return nodes.textNode(text.text());
    } else if (cell instanceof Cell.Measured measured) {
      Samples samples = measured.samples();
      ObjectNode node =
          nodes
              .objectNode()
              .put("median", samples.median())
              .put("min", samples.least())
              .put("max", samples.most())
              .put("unit", measured.unit());
      samples.values().forEach(node.putArray("samples")::add);
      return node;
    } else if (cell instanceof Cell.Calculated calculated) {
      return nodes.numberNode(calculated.number());
    } else if (cell instanceof Cell.Ratio ratio) {
      return nodes.numberNode(ratio.ratio());
    }
    return nodes.nullNode();
  }
}
