import type { Node, Program } from "acorn";
import type { Faults, SourceText } from "../fault";
import { childrenOf, declaredNames, isFunction, namesOf, type AnyNode } from "./scope";

/** What a check of an sjs module found out. */
export interface SjsCheck {
  exports: ReadonlySet<string>;
  imports: { specifier: string; start: number }[];
  /** Replacements that make it JavaScript: `x.constructor` is a string in SJS. */
  edits: { start: number; end: number; text: string }[];
  /** Names assigned without declaration: variables of the module. */
  globals: string[];
}

/** https://open.dingtalk.com/document/development/basic-class-library-1 */
const GLOBALS = new Set(
  (
    "Infinity NaN undefined decodeURI decodeURIComponent encodeURI encodeURIComponent isNaN isFinite parseFloat parseInt " +
    "console Date Number JSON Math getDate getRegExp arguments"
  ).split(" "),
);

/** Documented nowhere for SJS, asked for by published programs (`typeof Object`), and there where SJS is JavaScript. */
const OF_THE_LANGUAGE = new Set(["Object", "Array", "String", "Boolean", "RegExp"]);

/** Statements and expressions of SJS: https://open.dingtalk.com/document/development/statement-1 and .../esnext-1 */
const ALLOWED = new Set(
  (
    "Program ImportDeclaration ImportSpecifier ImportDefaultSpecifier ExportNamedDeclaration ExportDefaultDeclaration " +
    "ExportSpecifier VariableDeclaration VariableDeclarator FunctionDeclaration FunctionExpression ArrowFunctionExpression " +
    "BlockStatement ReturnStatement ExpressionStatement EmptyStatement IfStatement SwitchStatement SwitchCase ForStatement " +
    "WhileStatement DoWhileStatement BreakStatement ContinueStatement Identifier Literal TemplateLiteral TemplateElement " +
    "ThisExpression ArrayExpression ObjectExpression Property SpreadElement RestElement ArrayPattern ObjectPattern " +
    "AssignmentPattern UnaryExpression BinaryExpression LogicalExpression ConditionalExpression AssignmentExpression " +
    "UpdateExpression SequenceExpression MemberExpression CallExpression ParenthesizedExpression"
  ).split(" "),
);

/** Checks that a module keeps to SJS, and collects what compiling it needs. */
export function checkSjs(program: Program, source: SourceText, faults: Faults): SjsCheck {
  const checker = new Checker(source, faults);
  checker.visit(program, []);
  return { ...checker.found, exports: checker.exports, globals: [...checker.globals] };
}

class Checker {
  readonly exports = new Set<string>();
  readonly globals = new Set<string>();
  readonly found: Pick<SjsCheck, "imports" | "edits"> = { imports: [], edits: [] };

  constructor(
    private readonly source: SourceText,
    private readonly faults: Faults,
  ) {}

  visit(node: AnyNode, scopes: readonly ReadonlySet<string>[]): void {
    if (!ALLOWED.has(node.type)) {
      this.faults.add(this.source.place(node.start), "sjs_not_allowed", `SJS has no ${describe(node)}.`);
      return;
    }
    const inside = isFunction(node) || node.type === "Program" ? [...scopes, declaredNames(node)] : scopes;
    this.check(node, inside);
    for (const child of childrenOf(node)) this.visit(child, inside);
  }

  private check(node: AnyNode, scopes: readonly ReadonlySet<string>[]): void {
    switch (node.type) {
      case "Identifier":
        return this.checkName(node, scopes);
      case "Literal":
        if (node.regex || node.bigint)
          this.refuse(node, "literal of this kind; regular expressions come from getRegExp");
        return;
      case "MemberExpression":
        return this.takeConstructor(node);
      case "ImportDeclaration":
        this.found.imports.push({ specifier: String(node.source.value), start: node.source.start });
        return;
      case "ExportDefaultDeclaration":
        this.exports.add("default");
        return;
      case "ExportNamedDeclaration":
        return this.takeExports(node);
      case "AssignmentExpression":
        return this.takeAssignment(node, scopes);
      default:
        return this.checkFunction(node);
    }
  }

  private checkFunction(node: AnyNode): void {
    if (!isFunction(node)) return;
    if (node.async) this.refuse(node, "async functions");
    if (node.generator) this.refuse(node, "generators");
  }

  private checkName(node: AnyNode & { type: "Identifier" }, scopes: readonly ReadonlySet<string>[]): void {
    const known = GLOBALS.has(node.name) || this.globals.has(node.name) || scopes.some((scope) => scope.has(node.name));
    if (known) return;
    const code = OF_THE_LANGUAGE.has(node.name) ? "sjs_object" : "sjs_global";
    this.faults.add(this.source.place(node.start), code, `SJS does not know ${node.name}.`);
  }

  private takeConstructor(node: AnyNode & { type: "MemberExpression" }): void {
    if (node.optional) this.refuse(node, "optional chaining");
    if (node.computed || node.property.type !== "Identifier" || node.property.name !== "constructor") return;
    this.found.edits.push({ start: node.object.start, end: node.object.start, text: "$constructor(" });
    this.found.edits.push({ start: node.object.end, end: node.end, text: ")" });
  }

  private takeExports(node: AnyNode & { type: "ExportNamedDeclaration" }): void {
    for (const specifier of node.specifiers) {
      this.exports.add(
        specifier.exported.type === "Identifier" ? specifier.exported.name : String(specifier.exported.value),
      );
    }
    if (node.source) this.found.imports.push({ specifier: String(node.source.value), start: node.source.start });
    if (node.declaration) for (const name of namesOf(node.declaration)) this.exports.add(name);
  }

  /** A name that is assigned but never declared is a variable of the module: https://open.dingtalk.com/document/development/variable-1 */
  private takeAssignment(
    node: AnyNode & { type: "AssignmentExpression" },
    scopes: readonly ReadonlySet<string>[],
  ): void {
    const { left } = node;
    if (left.type !== "Identifier" || GLOBALS.has(left.name) || scopes.some((scope) => scope.has(left.name))) return;
    this.globals.add(left.name);
  }

  private refuse(node: Node, what: string): void {
    this.faults.add(this.source.place(node.start), "sjs_not_allowed", `SJS has no ${what}.`);
  }
}

const DESCRIBED: Record<string, string> = {
  NewExpression: "`new`; dates come from getDate, regular expressions from getRegExp",
  ClassDeclaration: "classes",
  ClassExpression: "classes",
  TryStatement: "try",
  ThrowStatement: "throw",
  ForInStatement: "for-in",
  ForOfStatement: "for-of",
  AwaitExpression: "await",
  YieldExpression: "yield",
  ChainExpression: "optional chaining",
  ImportExpression: "import()",
  TaggedTemplateExpression: "tagged templates",
  LabeledStatement: "labels",
};

function describe(node: AnyNode): string {
  return DESCRIBED[node.type] ?? node.type;
}
