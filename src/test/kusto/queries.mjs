// Reads a line of JSON at a time and answers each with one. The first is { name: text of a query, … }, and the answer
// { diagnostics, columns }: what the parser says of each, and which columns it has. Each further line is a list of
// { query, now, windowMinutes, rows }, and the answer the rows of each.
// The tables' columns are in tables.json, by Microsoft's reference of Azure Monitor's tables.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { evaluate } from './evaluate.mjs';
import { parse, workspace } from './language.mjs';

const tables = JSON.parse(readFileSync(new URL('tables.json', import.meta.url), 'utf8'));
const globals = workspace(tables);
let parsed;

function read(queries) {
  parsed = Object.fromEntries(Object.entries(queries).map(([name, text]) => [name, parse(text, globals)]));
  const each = (of) => Object.fromEntries(Object.entries(parsed).map(([name, query]) => [name, query[of]]));
  return { diagnostics: each('diagnostics'), columns: each('columns') };
}

/** A row of all columns; what is not given is empty. */
function row(table, given) {
  const columns = tables[table].split(', ').map((column) => column.split(': '));
  const empty = Object.fromEntries(columns.map(([name, type]) => [name, type === 'string' ? '' : null]));
  return { ...empty, ...given, TimeGenerated: new Date(given.TimeGenerated) };
}

/** A rule reads what lies in its window; a workbook's time range is the same. */
function result({ query, now, windowMinutes, rows }) {
  const end = Date.parse(now);
  const seen = Object.fromEntries(
    Object.keys(tables).map((table) => [
      table,
      (rows[table] ?? [])
        .map((given) => row(table, given))
        .filter(({ TimeGenerated }) => TimeGenerated.getTime() >= end - windowMinutes * 60_000 && TimeGenerated.getTime() <= end),
    ]),
  );
  return evaluate(parsed[query].tree, seen, new Date(now));
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const input = JSON.parse(line);
  console.log(JSON.stringify(Array.isArray(input) ? input.map(result) : read(input)));
});
