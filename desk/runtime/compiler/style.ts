import { posix } from "node:path";
import postcss, { CssSyntaxError, type AtRule, type Node, type Root } from "postcss";
import { SourceText, type Faults, type FaultCode } from "./fault";
import type { ProjectFiles } from "./files";

/** Where the host serves the project's images and fonts, relative to the phone's document. */
export const ASSET_PREFIX = "__assets";

/**
 * Compiles .acss files: imports stand where they were named, `rpx` becomes `calc(N * var(--rpx))`, local url() points to
 * where the host serves it. https://open.dingtalk.com/document/development/mini-app-acss-style-syntax-reference
 */
export class StyleSheets {
  private readonly compiled = new Map<string, Root | null>();
  /** Files that style sheets name by url(), also those inside packages. */
  readonly assets = new Set<string>();

  constructor(
    private readonly files: ProjectFiles,
    private readonly faults: Faults,
    private readonly warnings: Faults,
  ) {}

  /** The CSS of one file; empty where there is none, since .acss files are optional. */
  css(path: string): string {
    return this.files.isFile(path) ? (this.compile(path, [])?.toString() ?? "") : "";
  }

  private compile(path: string, importing: readonly string[]): Root | null {
    const known = this.compiled.get(path);
    if (known !== undefined) return known;
    const sheet = new Sheet(new SourceText(path, this.files.read(path) ?? ""), this.faults, this.warnings);
    const root = sheet.parse();
    root?.walkAtRules("import", (rule) => this.inline(rule, sheet, [...importing, path]));
    if (root) sheet.check(root);
    root?.walkDecls((declaration) => {
      if (!declaration.value.includes("url(")) return;
      declaration.value = this.withAssets(declaration.value, sheet, declaration);
    });
    this.compiled.set(path, root);
    return root;
  }

  private inline(rule: AtRule, sheet: Sheet, importing: readonly string[]): void {
    const specifier = /^(?:url\(\s*)?(["'])(.+?)\1\s*\)?$/.exec(rule.params.trim())?.[2];
    if (specifier === undefined) {
      sheet.report(rule, "acss_import_invalid", "@import takes one file in quotes.");
      return;
    }
    // A bare name is a package by the documents; many programs mean the file beside.
    const { file } = sheet.source;
    const path = this.files.resolve(specifier, file, ["", ".acss"]) ?? this.files.resolve(`./${specifier}`, file, [""]);
    if (path === null) sheet.report(rule, "acss_import_missing", `There is no file ${specifier}.`);
    else if (importing.includes(path)) {
      sheet.report(rule, "acss_import_cycle", `${[...importing, path].join(" imports ")}.`);
    } else {
      const imported = this.compile(path, importing);
      rule.replaceWith(imported ? imported.clone().nodes : []);
    }
  }

  private withAssets(value: string, sheet: Sheet, node: Node): string {
    return value.replace(/url\(\s*(["']?)([^"')]+)\1\s*\)/g, (whole, _quote, address: string) => {
      // What an imported file said was done there.
      if (/^([a-z][\w+.-]*:|\/\/|#)/i.test(address) || address.startsWith(`${ASSET_PREFIX}/`)) return whole;
      const [bare = ""] = address.trim().split(/[?#]/);
      const path = bare.startsWith("/") ? bare : posix.join(posix.dirname(sheet.source.file), bare);
      if (!this.files.isFile(path)) {
        sheet.report(node, "acss_asset_missing", `There is no file ${address}.`);
        return whole;
      }
      this.assets.add(path);
      return `url("${ASSET_PREFIX}${path}")`;
    });
  }
}

const RPX = /(^|[^\w.#-])([+-]?(?:\d+\.?\d*|\.\d+))rpx\b/g;

/** One .acss file while it is read. */
class Sheet {
  constructor(
    readonly source: SourceText,
    private readonly faults: Faults,
    private readonly warnings: Faults,
  ) {}

  parse(): Root | null {
    try {
      return postcss.parse(this.source.text);
    } catch (error) {
      if (!(error instanceof CssSyntaxError)) throw error;
      const place = { file: this.source.file, line: error.line ?? 1, column: error.column ?? 1 };
      this.faults.add(place, "acss_syntax", `${error.reason}.`);
      return null;
    }
  }

  report(node: Node, code: FaultCode, message: string, offset = 0): void {
    this.faults.add(this.source.place((node.source?.start?.offset ?? 0) + offset), code, message);
  }

  /** Selectors and lengths of this file; what was imported was checked in its own. */
  check(root: Root): void {
    const own = (node: Node): boolean => node.source?.input === root.source?.input;
    root.walkRules((rule) => {
      if (own(rule)) this.checkSelector(rule, rule.selector);
    });
    root.walkAtRules((rule) => {
      if (own(rule) && /\drpx\b/.test(rule.params)) {
        this.report(rule, "acss_rpx_in_query", `rpx cannot stand in @${rule.name}.`);
      }
    });
    root.walkDecls((declaration) => {
      if (declaration.value.includes("rpx")) declaration.value = withoutRpx(declaration.value);
    });
  }

  private checkSelector(rule: Node, selector: string): void {
    const attribute = selector.replace(/"[^"]*"|'[^']*'/g, (text) => "x".repeat(text.length)).indexOf("[");
    if (attribute >= 0) {
      this.report(rule, "acss_attribute_selector", "DingTalk does not support attribute selectors.", attribute);
    }
    const reserved = /\.(?:a|am)-[\w-]*/.exec(selector);
    if (reserved && !this.source.file.startsWith("/node_modules/")) {
      const place = this.source.place((rule.source?.start?.offset ?? 0) + reserved.index);
      this.warnings.add(place, "acss_reserved_prefix", `${reserved[0]}: .a- and .am- belong to DingTalk's components.`);
    }
  }
}

/** `10rpx` is ten 750ths of the screen's width, which the host gives as `--rpx`. */
function withoutRpx(value: string): string {
  return value
    .split(/("[^"]*"|'[^']*'|url\([^)]*\))/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(RPX, "$1calc($2 * var(--rpx))")))
    .join("");
}
