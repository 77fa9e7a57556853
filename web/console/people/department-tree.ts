import type { Departments } from "../../../client/api/member";

export interface DepartmentNode {
  key: string;
  value: number;
  title: string;
  children: DepartmentNode[];
}

/** The flat list of departments as a tree. A department whose parent is out of sight stands at the top. */
export function departmentTree(departments: Departments): DepartmentNode[] {
  const nodes = new Map<number, DepartmentNode>();
  for (const { id, name, members } of departments) {
    nodes.set(id, { key: String(id), value: id, title: members > 0 ? `${name} (${members})` : name, children: [] });
  }
  const roots: DepartmentNode[] = [];
  for (const { id, parentId } of departments) {
    const node = nodes.get(id);
    if (!node) continue;
    const parent = parentId === null ? undefined : nodes.get(parentId);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}
