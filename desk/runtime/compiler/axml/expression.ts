import type * as acorn from "acorn";
import { parseExpressionAt } from "acorn";
import type { Expression, Place } from "../../compiled";
import { decodeEntities } from "./entities";
import type { FaultCode, Faults, SourceText } from "../fault";

/** What a file's expressions may name besides data. */
export interface Naming {
  /** sjs modules and their members by the name the file gives them -> the name in the compiled template. */
  sjs: ReadonlyMap<string, string>;
  /** Loop variables and slot scopes around the expression: they hide sjs modules. */
  local: ReadonlySet<string>;
  /** In a component of node_modules: it may call methods of values (`text.toString()`), since it was shipped, and works. */
  packaged: boolean;
}

/** Reads what stands between `{{` and `}}`; a fault makes it `undefined`. */
export interface ReadExpression {
  (text: string, start: number): Expression;
  readonly source: SourceText;
  readonly faults: Faults;
}

/** Naming while one expression is read; `tell` takes a fault behind which reading goes on. */
interface Reading extends Naming {
  tell(fault: ExpressionFault): void;
}

const BINARY = new Set(["+", "-", "*", "/", "%", "==", "!=", "===", "!==", "<", ">", "<=", ">="]);
const UNARY = new Set(["!", "-", "+", "typeof"]);
/** `a: 1`, `"a": 1`, `...a`: an object without its braces. */
const BARE_OBJECT = /^\s*(?:\.\.\.|(?:[A-Za-z_$][\w$]*|"[^"]*"|'[^']*')\s*:)/;
/** `foo, bar`: fields of the same name; in a template's data only. */
const SHORTHAND = /^\s*[A-Za-z_$][\w$]*\s*(?:,|$)/;

class ExpressionFault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Makes the reader for expressions of one file and scope. With `asData`, `{{foo, bar}}` is an object, too. */
export function expressionReader(
  source: SourceText,
  { faults, warnings }: { faults: Faults; warnings: Faults },
  naming: Naming,
  asData = false,
): ReadExpression {
  const warn = (place: Place): void => {
    const message = "DingTalk documents no template literals in AXML, though its own sample uses them: join with +.";
    warnings.add(place, "expression_template_literal", message);
  };
  const read = (raw: string, start: number): Expression => {
    const text = decodeEntities(raw);
    const bare = BARE_OBJECT.test(text) || (asData && SHORTHAND.test(text));
    const code = bare ? `({${text}})` : text;
    // Where an entity was decoded, columns behind it would lie: the expression's beginning is given instead.
    const place = (offset: number): ReturnType<SourceText["place"]> =>
      source.place(text === raw ? start + Math.max(0, Math.min(offset - (bare ? 2 : 0), raw.length)) : start);
    try {
      const tell = (told: ExpressionFault): void => faults.add(place(told.offset), told.code, told.message);
      const expression = reduce(parse(code), { ...naming, tell });
      // Who uses a package cannot change it: not worth a warning there.
      if (text.includes("`") && !naming.packaged) warn(place(code.indexOf("`")));
      return expression;
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      faults.add(place(error.offset), error.code, error.message);
      return { kind: "undefined" };
    }
  };
  return Object.assign(read, { source, faults });
}

function parse(code: string): acorn.Expression {
  if (code.trim() === "") throw new ExpressionFault("expression_empty", "{{ }} holds no expression.", 0);
  let node: acorn.Expression;
  try {
    node = parseExpressionAt(code, 0, { ecmaVersion: "latest", preserveParens: true });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = (error as SyntaxError & { pos?: number }).pos ?? 0;
    throw new ExpressionFault(
      "expression_syntax",
      `Not an expression: ${error.message.replace(/ \(.*\)$/, "")}.`,
      offset,
    );
  }
  const rest = /\S/.exec(code.slice(node.end));
  if (rest) {
    const offset = node.end + rest.index;
    throw new ExpressionFault(
      "expression_syntax",
      `Not an expression: unexpected "${code.slice(offset, offset + 12)}".`,
      offset,
    );
  }
  return node;
}

type Node = acorn.Expression | acorn.Super | acorn.PrivateIdentifier | acorn.SpreadElement;

/** Node types that are refused, with what to tell the author. */
const REFUSED: Partial<Record<Node["type"], [FaultCode, string]>> = {
  FunctionExpression: ["expression_function", "Functions cannot be written in a template; use an sjs module."],
  AssignmentExpression: ["expression_assignment", "A template cannot assign."],
  UpdateExpression: ["expression_assignment", "A template cannot assign."],
  NewExpression: ["expression_new", "`new` is not available in a template."],
  TaggedTemplateExpression: ["expression_call", "Only functions of an sjs module can be called in a template."],
  ChainExpression: ["expression_optional_chaining", "`?.` is not available in a template."],
  SequenceExpression: ["expression_sequence", "A comma cannot join expressions here."],
  SpreadElement: ["expression_spread", "`...` may stand in an object only."],
};

function reduce(node: Node, naming: Reading): Expression {
  switch (node.type) {
    case "Literal":
      return literal(node);
    case "Identifier":
      return nameExpression(node.name, naming);
    case "ParenthesizedExpression":
      return reduce(node.expression, naming);
    case "MemberExpression":
      return member(node, naming);
    case "CallExpression":
      return call(node, naming);
    case "ArrowFunctionExpression":
      return arrow(node, naming);
    case "ConditionalExpression":
      return {
        kind: "conditional",
        test: reduce(node.test, naming),
        yes: reduce(node.consequent, naming),
        no: reduce(node.alternate, naming),
      };
    case "TemplateLiteral":
      return joined(node, naming);
    case "ArrayExpression":
      return {
        kind: "array",
        items: node.elements.map((item) => (item ? reduce(item, naming) : { kind: "undefined" })),
      };
    case "ObjectExpression":
      return { kind: "object", entries: node.properties.map((property) => entry(property, naming)) };
    default:
      return operation(node, naming);
  }
}

function operation(node: Node, naming: Reading): Expression {
  if (node.type === "UnaryExpression" && UNARY.has(node.operator)) {
    const operator = node.operator as "!" | "-" | "+" | "typeof";
    return { kind: "unary", operator, argument: reduce(node.argument, naming) };
  }
  if (node.type === "BinaryExpression" && BINARY.has(node.operator)) {
    return {
      kind: "binary",
      operator: node.operator,
      left: reduce(node.left, naming),
      right: reduce(node.right, naming),
    };
  }
  if (node.type === "LogicalExpression" && node.operator !== "??") {
    return {
      kind: "logical",
      operator: node.operator,
      left: reduce(node.left, naming),
      right: reduce(node.right, naming),
    };
  }
  if ("operator" in node && REFUSED[node.type] === undefined) {
    throw new ExpressionFault(
      "expression_operator",
      `The operator ${node.operator} is not available in a template.`,
      node.start,
    );
  }
  const [code, message] = REFUSED[node.type] ?? [
    "expression_not_allowed",
    `${node.type} is not available in a template.`,
  ];
  throw new ExpressionFault(code, message, node.start);
}

/** A template literal is text joined by +, which the view knows. */
function joined(node: acorn.TemplateLiteral, naming: Reading): Expression {
  const text = (index: number): Expression => ({ kind: "literal", value: node.quasis[index]?.value.cooked ?? "" });
  const plus = (left: Expression, right: Expression): Expression => ({ kind: "binary", operator: "+", left, right });
  return node.expressions.reduce<Expression>(
    (left, part, index) => plus(plus(left, reduce(part, naming)), text(index + 1)),
    text(0),
  );
}

function literal(node: acorn.Literal): Expression {
  const { value } = node;
  if (value === null && !node.regex) return { kind: "literal", value };
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return { kind: "literal", value };
  if (node.regex) {
    throw new ExpressionFault("expression_regex", "Regular expressions are not available in a template.", node.start);
  }
  throw new ExpressionFault(
    "expression_not_allowed",
    "This kind of number is not available in a template.",
    node.start,
  );
}

function nameExpression(name: string, naming: Reading): Expression {
  return name === "undefined" ? { kind: "undefined" } : { kind: "name", name: nameOf(name, naming) };
}

function nameOf(name: string, naming: Reading): string {
  return naming.local.has(name) ? name : (naming.sjs.get(name) ?? name);
}

function member(node: acorn.MemberExpression, naming: Reading): Expression {
  const object = reduce(node.object, naming);
  if (node.computed) return { kind: "member", object, property: reduce(node.property, naming) };
  const name = node.property.type === "Identifier" ? node.property.name : "";
  return { kind: "member", object, property: { kind: "literal", value: name } };
}

function call(node: acorn.CallExpression, naming: Reading): Expression {
  if (!isSjs(node.callee, naming) && !(naming.packaged && node.callee.type === "MemberExpression")) {
    const message = "Only functions of an sjs module can be called in a template.";
    naming.tell(new ExpressionFault("expression_call", message, node.start));
  }
  return {
    kind: "call",
    callee: reduce(node.callee, naming),
    args: node.arguments.map((item) => reduce(item, naming)),
  };
}

const NO_FUNCTION = "Functions cannot be written in a template; use an sjs module.";

function arrow(node: acorn.ArrowFunctionExpression, naming: Reading): Expression {
  const params = node.params.flatMap((param) => (param.type === "Identifier" ? [param.name] : []));
  if (node.body.type === "BlockStatement" || node.async || params.length < node.params.length)
    throw new ExpressionFault("expression_not_allowed", NO_FUNCTION, node.start);
  naming.tell(new ExpressionFault("expression_function", NO_FUNCTION, node.start));
  const inside = { ...naming, local: new Set([...naming.local, ...params]) };
  return { kind: "function", params, body: reduce(node.body, inside) };
}

function isSjs(callee: Node, naming: Reading): boolean {
  let root: Node = callee;
  while (root.type === "MemberExpression") root = root.object;
  return root.type === "Identifier" && naming.sjs.has(root.name) && !naming.local.has(root.name);
}

function entry(
  property: acorn.Property | acorn.SpreadElement,
  naming: Reading,
): { key: string; value: Expression } | { spread: Expression } {
  if (property.type === "SpreadElement") return { spread: reduce(property.argument, naming) };
  if (property.computed || property.kind !== "init" || property.method) {
    throw new ExpressionFault("expression_object", "Only plain keys can stand in an object here.", property.start);
  }
  const key = property.key.type === "Identifier" ? property.key.name : String((property.key as acorn.Literal).value);
  return { key, value: reduce(property.value, naming) };
}
