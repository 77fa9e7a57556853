import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

const SOURCE = /\.(ts|tsx)$/;
const TEST = /\.(test|testing|cases)\.tsx?$/;
const ENDINGS = ["", ".ts", ".tsx", ".d.ts"];

/** Paths of our own sources below the folder, with slashes, tests among them. */
export function sourcesOf(rootDir) {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: rootDir,
    maxBuffer: 1 << 28,
  });
  return listed
    .toString()
    .split("\0")
    .filter((path) => SOURCE.test(path) && existsSync(join(rootDir, path)));
}

/** Whether only tests use the file. */
export const isTest = (path) => TEST.test(path);

function targetOf(from, specifier, known) {
  if (!specifier.startsWith(".")) return null;
  const path = normalize(join(dirname(from), specifier)).replaceAll("\\", "/");
  const ending = ENDINGS.find((each) => known.has(path + each));
  return ending === undefined ? null : path + ending;
}

/** Which sources each source names, types among them: a circle of types holds two files together as firmly as one of values. */
export function importGraph(rootDir) {
  const paths = sourcesOf(rootDir);
  const known = new Set(paths);
  return new Map(
    paths.map((path) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(rootDir, path), "utf8"), true, true);
      const targets = importedFiles
        .map(({ fileName }) => targetOf(path, fileName, known))
        .filter((each) => each !== null);
      return [path, new Set(targets)];
    }),
  );
}

/** For each file that lies on a circle, the files of that circle (Tarjan's strongly connected components, without recursion). */
export function circlesOf(graph) {
  const state = new Map();
  const stack = [];
  const circles = new Map();
  let next = 0;
  const enter = (file) => {
    const made = { index: next, low: next, onStack: true, targets: [...(graph.get(file) ?? [])].values() };
    next += 1;
    state.set(file, made);
    stack.push(file);
    return file;
  };
  const close = (file) => {
    const members = [];
    let member;
    do {
      member = stack.pop();
      state.get(member).onStack = false;
      members.push(member);
    } while (member !== file);
    if (members.length > 1) for (const each of members) circles.set(each, new Set(members));
  };
  for (const start of graph.keys()) {
    if (state.has(start)) continue;
    const path = [enter(start)];
    while (path.length > 0) {
      const file = path.at(-1);
      const own = state.get(file);
      const { value: target, done } = own.targets.next();
      if (done) {
        path.pop();
        if (own.low === own.index) close(file);
        const parent = state.get(path.at(-1));
        if (parent) parent.low = Math.min(parent.low, own.low);
      } else if (!state.has(target)) path.push(enter(target));
      else if (state.get(target).onStack) own.low = Math.min(own.low, state.get(target).index);
    }
  }
  return circles;
}
