// Microsoft's parser of the query language, with its tables: a query's text to its syntax tree, or to what is wrong with it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { KustoCode, GlobalState, Symbols, Syntax } = globalThis.Kusto.Language;

const KINDS = new Map(
  Object.entries(Syntax.SyntaxKind)
    .filter(([, number]) => typeof number === 'number')
    .map(([name, number]) => [number, name]),
);

const list = (of) => Array.from({ length: of.Count }, (_, index) => of.getItem(index));

/** What the parser knows of a workspace that has these tables: name to `column: type, …`. */
export function workspace(tables) {
  const symbols = Object.entries(tables).map(([name, columns]) => new Symbols.TableSymbol.$ctor7(name, `(${columns})`, null));
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', symbols));
}

/** A node of the tree as { kind, text, children }: the parser's own take long to ask. */
function plain(node) {
  const children = Array.from({ length: node.ChildCount }, (_, index) => node.GetChild(index)).filter((child) => child != null);
  return { kind: KINDS.get(node.Kind), text: node.ToString(Syntax.IncludeTrivia.Interior).trim(), children: children.map(plain) };
}

/** The parsed query, with the sentences that the parser has about it. */
export function parse(text, globals) {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  return {
    tree: plain(code.Syntax),
    diagnostics: list(code.GetDiagnostics()).map((found) => `${found.Message} At '${text.substr(found.Start, 40)}'`),
    columns: code.ResultType?.Columns ? list(code.ResultType.Columns).map((column) => column.Name) : [],
  };
}
