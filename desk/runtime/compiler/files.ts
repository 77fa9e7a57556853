import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** Kinds of files that a view may ask for by address. */
const ASSET = /\.(png|jpe?g|gif|svg|webp|bmp|ico|ttf|otf|woff2?|eot|mp3|mp4)$/i;

/**
 * A mini program's folder. Paths inside start with "/" (`/pages/a/a.js`); npm packages stand at `/node_modules/…`,
 * also when the folder that holds them lies beside or above the miniprogramRoot.
 */
export class ProjectFiles {
  private readonly packageFolder: string | null;
  private readonly kinds = new Map<string, "file" | "folder" | null>();
  /** File -> files that it named. */
  private readonly named = new Map<string, Set<string>>();

  constructor(
    readonly root: string,
    projectFolder: string,
  ) {
    this.packageFolder =
      [root, projectFolder].find((folder) => kindOf(join(folder, "node_modules")) === "folder") ?? null;
  }

  /** Where a project path lies on the disk. */
  onDisk(path: string): string {
    const inPackages = path.startsWith("/node_modules/") && this.packageFolder !== null;
    return join(inPackages ? (this.packageFolder ?? this.root) : this.root, path);
  }

  isFile(path: string): boolean {
    return this.kind(path) === "file";
  }

  /** The file's text without a byte order mark; null where there is no such file. */
  read(path: string): string | null {
    if (!this.isFile(path)) return null;
    return readFileSync(this.onDisk(path), "utf8").replace(/^\uFEFF/, "");
  }

  /**
   * The first existing file that `specifier`, written in the file `from`, may mean: "./x" and "../x" relative, "/x" from
   * the project's root, anything else a path in an npm package. `endings` are tried in order ("" is the path itself).
   */
  resolve(specifier: string, from: string, endings: readonly string[]): string | null {
    for (const base of this.bases(specifier, from)) {
      const found = this.withEnding(base, endings);
      if (found === null) continue;
      this.named.set(from, (this.named.get(from) ?? new Set()).add(found));
      return found;
    }
    return null;
  }

  /** Files that these name, directly or through others, and these themselves. What a .json names (components) stands for itself. */
  reach(paths: readonly string[]): Set<string> {
    const reached = new Set<string>();
    const visit = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      if (!path.endsWith(".json")) this.named.get(path)?.forEach(visit);
    };
    paths.forEach(visit);
    return reached;
  }

  /** All images, fonts and the like of the project's own folders. */
  assets(): string[] {
    const found: string[] = [];
    const visit = (folder: string): void => {
      for (const entry of readdirSync(this.onDisk(folder), { withFileTypes: true })) {
        const path = posix.join(folder, entry.name);
        if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) visit(path);
        else if (entry.isFile() && ASSET.test(entry.name)) found.push(path);
      }
    };
    visit("/");
    return found.sort();
  }

  private withEnding(base: string, endings: readonly string[]): string | null {
    for (const ending of endings) {
      const path = ending === "package" ? this.packageMain(base) : base + ending;
      if (path !== null && this.isFile(path)) return path;
    }
    return null;
  }

  private *bases(specifier: string, from: string): Generator<string> {
    if (specifier.startsWith("/")) yield posix.normalize(specifier);
    else if (specifier.startsWith(".")) yield posix.join(posix.dirname(from), specifier);
    else {
      for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
        if (posix.basename(folder) !== "node_modules") yield posix.join(folder, "node_modules", specifier);
        if (folder === "/") return;
      }
    }
  }

  /** The `main` of a package's folder, with or without ending. */
  private packageMain(base: string): string | null {
    const manifest = this.read(`${base}/package.json`);
    if (manifest === null) return null;
    const main: unknown = (JSON.parse(manifest) as { main?: unknown }).main;
    return typeof main === "string" ? this.withEnding(posix.join(base, main), ["", ".js", "/index.js"]) : null;
  }

  private kind(path: string): "file" | "folder" | null {
    let kind = this.kinds.get(path);
    if (kind === undefined) {
      kind = kindOf(this.onDisk(path));
      this.kinds.set(path, kind);
    }
    return kind;
  }
}

function kindOf(path: string): "file" | "folder" | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  return stat.isFile() ? "file" : "folder";
}
