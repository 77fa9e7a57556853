import type { Expression, Value } from "../compiled";

/** Names that a piece of a template sees, innermost first. */
export interface Scope {
  names: Readonly<Record<string, unknown>>;
  outer: Scope | null;
}

type Operation = (left: never, right: never) => unknown;

const BINARY: Record<string, Operation> = {
  "+": (left: number, right: number) => left + right,
  "-": (left: number, right: number) => left - right,
  "*": (left: number, right: number) => left * right,
  "/": (left: number, right: number) => left / right,
  "%": (left: number, right: number) => left % right,
  "**": (left: number, right: number) => left ** right,
  "<": (left: number, right: number) => left < right,
  ">": (left: number, right: number) => left > right,
  "<=": (left: number, right: number) => left <= right,
  ">=": (left: number, right: number) => left >= right,
  // Templates compare as JavaScript does; a loose comparison in a template must stay loose.
  "==": (left: unknown, right: unknown) => left == right, // eslint-disable-line eqeqeq
  "!=": (left: unknown, right: unknown) => left != right, // eslint-disable-line eqeqeq
  "===": (left: unknown, right: unknown) => left === right,
  "!==": (left: unknown, right: unknown) => left !== right,
  "&": (left: number, right: number) => left & right,
  "|": (left: number, right: number) => left | right,
  "^": (left: number, right: number) => left ^ right,
  "<<": (left: number, right: number) => left << right,
  ">>": (left: number, right: number) => left >> right,
  ">>>": (left: number, right: number) => left >>> right,
};

function lookUp(scope: Scope, name: string): unknown {
  for (let at: Scope | null = scope; at; at = at.outer) if (Object.hasOwn(at.names, name)) return at.names[name];
  return undefined;
}

/** A member of anything: of undefined and null it is undefined, as the view layer of mini programs does. */
function memberOf(object: unknown, property: unknown): unknown {
  if (object === undefined || object === null) return undefined;
  const found = (object as Record<string, unknown>)[String(property)];
  // Object.prototype is not data: `{{constructor}}` or `{{a.toString}}` must not leak functions into text.
  if (typeof found === "function" && !Object.hasOwn(object, String(property)) && typeof object === "object") {
    return Array.isArray(object) ? found : undefined;
  }
  return found;
}

function callOf(expression: Extract<Expression, { kind: "call" }>, scope: Scope): unknown {
  const { callee } = expression;
  const owner = callee.kind === "member" ? evaluate(callee.object, scope) : undefined;
  const target =
    callee.kind === "member"
      ? (owner as Record<string, unknown> | null | undefined)?.[String(evaluate(callee.property, scope))]
      : evaluate(callee, scope);
  if (typeof target !== "function") throw new TypeError(`${nameOf(callee)} is not a function`);
  return (target as (...args: unknown[]) => unknown).apply(
    owner,
    expression.args.map((argument) => evaluate(argument, scope)),
  );
}

/** An expression's short name in messages: `tools.format`. */
function nameOf(expression: Expression): string {
  if (expression.kind === "name") return expression.name;
  if (expression.kind === "literal") return String(expression.value);
  if (expression.kind === "member") return `${nameOf(expression.object)}.${nameOf(expression.property)}`;
  return `(${expression.kind})`;
}

function unaryOf(expression: Extract<Expression, { kind: "unary" }>, scope: Scope): unknown {
  const value = evaluate(expression.argument, scope);
  if (expression.operator === "!") return !value;
  if (expression.operator === "typeof") return typeof value;
  return expression.operator === "-" ? -(value as number) : +(value as number);
}

function objectOf(expression: Extract<Expression, { kind: "object" }>, scope: Scope): unknown {
  const result: Record<string, unknown> = {};
  for (const entry of expression.entries) {
    if ("spread" in entry) Object.assign(result, evaluate(entry.spread, scope));
    else result[entry.key] = evaluate(entry.value, scope);
  }
  return result;
}

function binaryOf(expression: Extract<Expression, { kind: "binary" }>, scope: Scope): unknown {
  const operation = BINARY[expression.operator];
  if (!operation) throw new SyntaxError(`operator ${expression.operator} is not known`);
  return operation(evaluate(expression.left, scope) as never, evaluate(expression.right, scope) as never);
}

function choiceOf(expression: Extract<Expression, { kind: "logical" | "conditional" }>, scope: Scope): unknown {
  if (expression.kind === "conditional") {
    return evaluate(evaluate(expression.test, scope) ? expression.yes : expression.no, scope);
  }
  const left = evaluate(expression.left, scope);
  const decided = expression.operator === "&&" ? !left : Boolean(left);
  return decided ? left : evaluate(expression.right, scope);
}

function functionOf({ params, body }: Extract<Expression, { kind: "function" }>, scope: Scope): unknown {
  return (...args: unknown[]) =>
    evaluate(body, { names: Object.fromEntries(params.map((name, at) => [name, args[at]])), outer: scope });
}

function madeOf(expression: Extract<Expression, { kind: "array" | "object" | "function" }>, scope: Scope): unknown {
  if (expression.kind === "array") return expression.items.map((item) => evaluate(item, scope));
  return expression.kind === "function" ? functionOf(expression, scope) : objectOf(expression, scope);
}

/** The value of a mustache expression. Throws what an sjs function throws, and TypeError for a call of no function. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
    case "undefined":
      return (expression as { value?: unknown }).value;
    case "name":
      return lookUp(scope, expression.name);
    case "member":
      return memberOf(evaluate(expression.object, scope), evaluate(expression.property, scope));
    case "call":
      return callOf(expression, scope);
    case "unary":
      return unaryOf(expression, scope);
    case "binary":
      return binaryOf(expression, scope);
    case "logical":
    case "conditional":
      return choiceOf(expression, scope);
    default:
      return madeOf(expression, scope);
  }
}

/**
 * A value as text. Undefined and null show nothing (the view layer of mini programs grew out of React, whose children
 * they are); everything else shows as String() has it, so `{{true}}` shows "true" and `{{[1, 2]}}` shows "1,2".
 */
export function textOf(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}

/** An attribute's value: one expression keeps its type, a mixture is joined to a string. */
export function valueOf(value: Value, scope: Scope): unknown {
  if (value.kind === "expression") return evaluate(value.expression, scope);
  return value.parts.map((part) => (typeof part === "string" ? part : textOf(evaluate(part, scope)))).join("");
}
