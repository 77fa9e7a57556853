import { dirname, relative } from "node:path";
import { circlesOf, importGraph, isTest } from "./import-graph.mjs";

/** One reading of all sources serves the whole run. */
let read = null;
function structureOf(rootDir) {
  if (!read) {
    const graph = importGraph(rootDir);
    const folders = new Map();
    for (const path of graph.keys())
      if (!isTest(path)) folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), path]);
    read = { graph, circles: circlesOf(graph), folders };
  }
  return read;
}

const pathOf = (context) => relative(context.cwd, context.physicalFilename).replaceAll("\\", "/");

/** No two files may need each other, be it for a type only. */
const noCircle = {
  meta: { type: "problem", schema: [], messages: { circle: "This file and {{others}} need each other." } },
  create(context) {
    return {
      Program(node) {
        const path = pathOf(context);
        const { circles, graph } = structureOf(context.cwd);
        const circle = circles.get(path);
        if (!circle) return;
        const others = [...(graph.get(path) ?? [])].filter((target) => circle.has(target)).sort();
        context.report({ node, messageId: "circle", data: { others: others.join(", ") } });
      },
    };
  },
};

/** A folder that nobody takes in at a glance is divided by noun. */
const folderWidth = {
  meta: {
    type: "problem",
    schema: [{ type: "object", properties: { max: { type: "integer" } }, additionalProperties: false }],
    messages: { wide: "{{folder}} has {{count}} source files, more than {{max}}: divide it by noun." },
  },
  create(context) {
    const [{ max }] = context.options;
    return {
      Program(node) {
        const path = pathOf(context);
        const folder = dirname(path);
        const files = structureOf(context.cwd).folders.get(folder) ?? [];
        if (files.length <= max || files[0] !== path) return; // said once
        context.report({ node, messageId: "wide", data: { folder, count: files.length, max } });
      },
    };
  },
};

export const structure = { rules: { "no-circle": noCircle, "folder-width": folderWidth } };
