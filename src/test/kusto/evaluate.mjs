// Evaluates a parsed query over rows, so that a test can tell what an alert says about invented ones. It knows what the
// queries of this project use, as the documentation of the language has it, and refuses everything else.

const kind = (node) => node.kind;
const text = (node) => node.text;
const children = (node) => node.children;
/** A span of time, in milliseconds: a number of its own kind, because a number of a column is none. */
class Span {
  constructor(milliseconds) {
    this.milliseconds = milliseconds;
  }
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DIFFERENCES = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const unknown = (node) => {
  throw new Error(`not evaluated here: ${kind(node)} '${text(node).slice(0, 60)}'`);
};
const number = (value) => (value instanceof Date ? value.getTime() : value instanceof Span ? value.milliseconds : value);
const missing = (value) => value === null || value === undefined;
const lower = (value) => String(value ?? '').toLowerCase();

/** @returns the rows of the last statement of `tree`; `tables` are rows by name, `now` is a Date. */
export function evaluate(tree, tables, now) {
  const names = new Map(Object.entries(tables));
  let result = [];
  for (const statement of elements(children(tree)[1])) {
    if (kind(statement) === 'LetStatement') {
      const [, name, , value] = children(statement);
      names.set(nameOf(name), any(value, {}));
    } else {
      result = rowsOf(children(statement)[0]);
    }
  }
  return result;

  function any(node, row) {
    return ['PipeExpression', 'NameReference'].includes(kind(node)) && !(nameOf(node) in row) ? rowsOf(node) : valueOf(node, row);
  }

  // ---- rows -------------------------------------------------------------------------------------------------------

  function rowsOf(node) {
    switch (kind(node)) {
      case 'PipeExpression': {
        const [before, , operator] = children(node);
        return kind(before) === 'UnionOperator' || kind(before) !== 'BarToken' ? apply(operator, rowsOf(before)) : unknown(node);
      }
      case 'NameReference':
        return Array.isArray(names.get(nameOf(node))) ? names.get(nameOf(node)) : unknown(node);
      case 'ParenthesizedExpression':
        return rowsOf(children(node)[1]);
      case 'UnionOperator':
        return apply(node, []);
      case 'DataTableExpression':
        return [];
      default:
        return unknown(node);
    }
  }

  function apply(operator, rows) {
    const parts = children(operator);
    switch (kind(operator)) {
      case 'UnionOperator':
        return [...rows, ...elements(parts.at(-1)).flatMap(rowsOf)];
      case 'FilterOperator':
        return rows.filter((row) => valueOf(parts.at(-1), row) === true);
      case 'ExtendOperator':
        return rows.map((row) => ({ ...row, ...columns(elements(parts[1]), row) }));
      case 'ProjectOperator':
        return rows.map((row) => columns(elements(parts[1]), row));
      case 'SummarizeOperator':
        return summarize(operator, rows);
      case 'CountOperator':
        return [{ Count: rows.length }];
      case 'SortOperator':
        return sort(elements(parts.at(-1)), rows);
      case 'ParseKvOperator':
        return rows.map((row) => ({ ...row, ...pairs(operator, valueOf(parts[1], row)) }));
      default:
        return unknown(operator);
    }
  }

  function columns(expressions, row) {
    return Object.assign({}, ...expressions.map((expression) => ({ [columnName(expression)]: valueOf(unnamed(expression), row) })));
  }

  function sort(keys, rows) {
    const orders = keys.map((key) => {
      const [expression, ordering] = kind(key) === 'OrderedExpression' ? children(key) : [key];
      return { expression, sign: ordering && text(ordering).startsWith('asc') ? 1 : -1 };
    });
    return [...rows].sort((a, b) => {
      for (const { expression, sign } of orders) {
        const [left, right] = [number(valueOf(expression, a)), number(valueOf(expression, b))];
        if (left !== right) return left < right ? -sign : sign;
      }
      return 0;
    });
  }

  function summarize(operator, rows) {
    const parts = children(operator);
    const clause = parts.find((part) => kind(part) === 'SummarizeByClause');
    const keys = clause ? elements(children(clause)[1]) : [];
    const aggregates = elements(parts.filter((part) => part !== clause).at(-1));
    const groups = new Map(keys.length ? [] : [['[]', { key: {}, rows: [] }]]);
    for (const row of rows) {
      const key = columns(keys, row);
      const id = JSON.stringify(Object.values(key));
      if (!groups.has(id)) groups.set(id, { key, rows: [] });
      groups.get(id).rows.push(row);
    }
    return [...groups.values()].map((group) =>
      Object.assign({ ...group.key }, ...aggregates.map((aggregate) => aggregated(aggregate, group.rows))),
    );
  }

  function aggregated(expression, rows) {
    const call = unnamed(expression);
    const [name, argumentList] = children(call);
    const parameters = elements(children(argumentList)[1]);
    if (text(name) === 'arg_max') return latest(parameters, rows);
    return { [columnName(expression)]: aggregate(call, rows) };
  }

  function latest([of, ...others], rows) {
    const newest = rows.reduce((best, row) => (best === undefined || number(valueOf(of, row)) > number(valueOf(of, best)) ? row : best), undefined);
    return Object.fromEntries([of, ...others].map((column) => [columnName(column), newest === undefined ? null : valueOf(column, newest)]));
  }

  /** An aggregate, or what is calculated from some. */
  function aggregate(node, rows) {
    if (kind(node) !== 'FunctionCallExpression') return valueOf(node, {}, (call) => aggregate(call, rows));
    const [name, argumentList] = children(node);
    const [first, second] = elements(children(argumentList)[1]);
    const values = (kept = rows) => kept.map((row) => valueOf(first, row)).filter((value) => !missing(value));
    const least = (of) => (of.length ? of.reduce((a, b) => (number(a) <= number(b) ? a : b)) : null);
    switch (text(name)) {
      case 'count':
        return rows.length;
      case 'countif':
        return rows.filter((row) => valueOf(first, row) === true).length;
      case 'dcount':
        return new Set(values().map(number)).size;
      case 'sum':
        return values().reduce((a, b) => a + b, 0);
      case 'min':
        return least(values());
      case 'minif':
        return least(values(rows.filter((row) => valueOf(second, row) === true)));
      case 'max':
        return values().length ? values().reduce((a, b) => (number(a) >= number(b) ? a : b)) : null;
      case 'percentile': {
        const sorted = values().sort((a, b) => number(a) - number(b));
        return sorted.length ? sorted[Math.max(0, Math.ceil((valueOf(second, {}) / 100) * sorted.length) - 1)] : null;
      }
      default:
        return valueOf(node, {}, (call) => aggregate(call, rows));
    }
  }

  /** `key=value key="other value"`, into the columns that the operator names. */
  function pairs(operator, line) {
    const schema = children(operator).find((part) => kind(part) === 'RowSchema');
    const found = new Map();
    for (const [, key, quoted, plain] of String(line).matchAll(/([^\s=]+)=(?:"((?:\\.|[^"\\])*)"|(\S*))/g)) {
      if (!found.has(key)) found.set(key, quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'));
    }
    return Object.fromEntries(
      elements(children(schema)[1]).map((declaration) => {
        const [name, , type] = children(declaration);
        return [nameOf(name), converted(found.get(nameOf(name)), text(type))];
      }),
    );
  }

  function converted(value, type) {
    if (type === 'string') return value ?? '';
    if (missing(value) || value === '') return null;
    if (type === 'datetime') return new Date(value);
    return ['long', 'int', 'real'].includes(type) && Number.isFinite(Number(value)) ? Number(value) : null;
  }

  // ---- values -----------------------------------------------------------------------------------------------------

  /** @param calls says what a function is where it is an aggregate's. */
  function valueOf(node, row, calls) {
    const parts = children(node);
    const value = (part) => valueOf(part, row, calls);
    const compared = (test) => {
      const [left, right] = [value(parts[0]), value(parts[2])];
      return missing(left) || missing(right) ? null : test(number(left), number(right));
    };
    switch (kind(node)) {
      case 'NameReference':
        if (nameOf(node) in row) return row[nameOf(node)];
        return names.has(nameOf(node)) ? names.get(nameOf(node)) : unknown(node);
      case 'ParenthesizedExpression':
        return value(parts[1]);
      case 'ToScalarExpression':
        return Object.values(rowsOf(parts.at(-2))[0] ?? { none: null })[0];
      case 'StringLiteralExpression':
      case 'CompoundStringLiteralExpression':
      case 'LongLiteralExpression':
      case 'RealLiteralExpression':
        return literal(text(node));
      case 'TimespanLiteralExpression': {
        const [, count, unit] = /^([\d.]+)(ms|[smhd])$/.exec(text(node)) ?? unknown(node);
        return new Span(Number(count) * UNITS[unit]);
      }
      case 'AndExpression':
        return value(parts[0]) === true && value(parts[2]) === true;
      case 'OrExpression':
        return value(parts[0]) === true || value(parts[2]) === true;
      case 'EqualExpression':
        return compared((left, right) => left === right) ?? false;
      case 'NotEqualExpression':
        return compared((left, right) => left !== right) ?? true;
      case 'LessThanExpression':
        return compared((left, right) => left < right);
      case 'GreaterThanExpression':
        return compared((left, right) => left > right);
      case 'LessThanOrEqualExpression':
        return compared((left, right) => left <= right);
      case 'GreaterThanOrEqualExpression':
        return compared((left, right) => left >= right);
      case 'ContainsExpression':
        return lower(value(parts[0])).includes(lower(value(parts[2])));
      case 'StartsWithExpression':
        return lower(value(parts[0])).startsWith(lower(value(parts[2])));
      case 'EndsWithExpression':
        return lower(value(parts[0])).endsWith(lower(value(parts[2])));
      case 'InExpression':
      case 'NotInExpression': {
        const among = elements(children(parts[2])[1]).map(value);
        return among.includes(value(parts[0])) === (kind(node) === 'InExpression');
      }
      case 'BetweenExpression':
        return between(value(parts[0]), children(parts[2]).map((part) => part), value);
      case 'AddExpression':
        return calculated(value(parts[0]), value(parts[2]), (a, b) => a + b);
      case 'SubtractExpression':
        return calculated(value(parts[0]), value(parts[2]), (a, b) => a - b);
      case 'MultiplyExpression':
        return calculated(value(parts[0]), value(parts[2]), (a, b) => a * b);
      case 'DivideExpression':
        return calculated(value(parts[0]), value(parts[2]), (a, b) => a / b);
      case 'PathExpression':
        return (value(parts[0]) ?? {})[nameOf(parts[2])] ?? '';
      case 'FunctionCallExpression':
        return calls && isAggregate(text(parts[0])) ? calls(node) : called(text(parts[0]), elements(children(parts[1])[1]), value, node);
      default:
        return unknown(node);
    }
  }

  function between(tested, [, from, , to], value) {
    const begin = value(from);
    const end = value(to);
    if (missing(tested) || missing(begin)) return false;
    // A span as the end counts from the beginning.
    const last = end instanceof Span ? number(begin) + end.milliseconds : number(end);
    return number(tested) >= number(begin) && number(tested) <= last;
  }

  function calculated(left, right, operation) {
    if (missing(left) || missing(right)) return null;
    const result = operation(number(left), number(right));
    if (left instanceof Date && right instanceof Date) return new Span(result);
    if (left instanceof Date || right instanceof Date) return new Date(result);
    return left instanceof Span || right instanceof Span ? new Span(result) : result;
  }

  function called(name, parameters, value, node) {
    const at = (index) => value(parameters[index]);
    switch (name) {
      case 'now':
        return now;
      case 'ago':
        return new Date(now.getTime() - at(0).milliseconds);
      case 'iff':
        return at(0) === true ? at(1) : at(2);
      case 'isempty':
        return missing(at(0)) || at(0) === '';
      case 'isnotempty':
        return !missing(at(0)) && at(0) !== '';
      case 'isnull':
        return missing(at(0));
      case 'isnotnull':
        return !missing(at(0));
      case 'coalesce':
        return parameters.map(value).find((one) => !missing(one) && one !== '') ?? null;
      case 'tostring':
        return missing(at(0)) ? '' : String(at(0));
      case 'tolong':
        return converted(at(0), 'long');
      case 'extract':
        return new RegExp(at(0)).exec(at(2))?.[at(1)] ?? '';
      case 'parse_url':
        return { Path: /^[a-z]+:\/\/[^/?#]*([^?#]*)/.exec(at(0))?.[1] ?? '' };
      case 'round':
        return missing(at(0)) ? null : Number(at(0).toFixed(parameters.length > 1 ? at(1) : 0));
      case 'bin':
        return missing(at(0)) ? null : new Date(Math.floor(number(at(0)) / number(at(1))) * number(at(1)));
      case 'datetime_diff': {
        const unit = DIFFERENCES[at(0)] ?? unknown(node);
        return missing(at(1)) || missing(at(2)) ? null : Math.floor(number(at(1)) / unit) - Math.floor(number(at(2)) / unit);
      }
      default:
        return unknown(node);
    }
  }
}

const AGGREGATES = new Set(['count', 'countif', 'dcount', 'sum', 'min', 'minif', 'max', 'percentile']);
const isAggregate = (name) => AGGREGATES.has(name);

const elements = (node) => (node ? children(node).map((element) => (kind(element) === 'SeparatedElement' ? children(element)[0] : element)) : []);

const unnamed = (node) => (kind(node) === 'SimpleNamedExpression' ? children(node)[2] : node);

const nameOf = (node) => text(node).replace(/^\['(.*)'\]$/, '$1');

/** What a column is called: by its name, or as the language calls a calculation without one. */
function columnName(node) {
  if (kind(node) === 'SimpleNamedExpression') return nameOf(children(node)[0]);
  if (kind(node) === 'NameReference') return nameOf(node);
  if (kind(node) !== 'FunctionCallExpression') return text(node);
  const [name, argumentList] = children(node);
  const [first] = elements(children(argumentList)[1]);
  return text(name) === 'bin' ? columnName(first) : `${text(name)}_${first ? columnName(first) : ''}`;
}

function literal(written) {
  if (/^[\d.]+$/.test(written)) return Number(written);
  const verbatim = written.startsWith('@');
  const inner = written.replace(/^@?(['"])([\s\S]*)\1$/, '$2');
  return verbatim ? inner : inner.replace(/\\(.)/g, (_, one) => ({ n: '\n', t: '\t' })[one] ?? one);
}
