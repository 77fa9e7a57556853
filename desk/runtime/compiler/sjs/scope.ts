import type * as acorn from "acorn";

export type AnyNode = acorn.AnyNode;
type FunctionNode = acorn.Function & AnyNode;

export function isFunction(node: AnyNode): node is FunctionNode {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** The child nodes that are read as code: names of properties and of exports are not among them. */
export function childrenOf(node: AnyNode): AnyNode[] {
  if (node.type === "ExportSpecifier") return node.local.type === "Identifier" ? [node.local] : [];
  if (node.type === "ImportDeclaration") return [];
  if (node.type === "ExportNamedDeclaration" && node.source) return [];
  const children: AnyNode[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (isPropertyName(node, key)) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(item)) children.push(item);
  }
  return children;
}

function isPropertyName(node: AnyNode, key: string): boolean {
  if (node.type === "Property") return key === "key" && !node.computed;
  return node.type === "MemberExpression" && key === "property" && !node.computed;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** All names that a function or module declares, those of its blocks included, without inner functions' own. */
export function declaredNames(node: AnyNode): ReadonlySet<string> {
  const names = new Set<string>();
  if (isFunction(node)) {
    for (const parameter of node.params) addPattern(parameter, names);
    if (node.id) names.add(node.id.name);
  }
  const visit = (inner: AnyNode): void => {
    for (const name of namesOf(inner)) names.add(name);
    if (isFunction(inner)) return;
    for (const child of allChildren(inner)) visit(child);
  };
  for (const child of allChildren(node)) visit(child);
  return names;
}

function allChildren(node: AnyNode): AnyNode[] {
  return node.type === "ImportDeclaration" ? node.specifiers : childrenOf(node);
}

/** Names that one declaration introduces. */
export function namesOf(node: AnyNode): string[] {
  const names = new Set<string>();
  if (node.type === "VariableDeclaration") for (const declarator of node.declarations) addPattern(declarator.id, names);
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") if (node.id) names.add(node.id.name);
  if (/^Import(Default|Namespace)?Specifier$/.test(node.type)) names.add((node as acorn.ImportSpecifier).local.name);
  return [...names];
}

function addPattern(pattern: acorn.Pattern, names: Set<string>): void {
  switch (pattern.type) {
    case "Identifier":
      names.add(pattern.name);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties)
        addPattern(property.type === "Property" ? property.value : property, names);
      return;
    case "ArrayPattern":
      for (const item of pattern.elements) if (item) addPattern(item, names);
      return;
    case "AssignmentPattern":
      return addPattern(pattern.left, names);
    case "RestElement":
      return addPattern(pattern.argument, names);
    default:
      return;
  }
}
