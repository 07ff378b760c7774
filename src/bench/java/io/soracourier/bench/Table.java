package io.soracourier.bench;

import java.util.List;

/** A table of the report; every row has a cell for each column. */
record Table(String title, List<String> columns, List<List<Cell>> rows) {
  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(title + ": a row of " + row.size() + " cells");
      }
    }
  }
}
