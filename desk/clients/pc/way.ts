/** Where a link that an app opens ends up on a PC. */
export interface Way {
  to: "browser" | "tab" | "panel";
  url: string;
}

/**
 * `dd.openLink` on PC: the system browser, unless the person's client keeps all pages inside. A `dingtalk://…/page/link`
 * may ask for the side panel (`pc_slide=true`), a target with `ddtab=true` for a tab. Null: DingTalk has nothing to open.
 * https://open.dingtalk.com/document/development/jsapi-open-link https://open.dingtalk.com/document/development/unified-jump-protocol
 */
export function wayOf(link: string, keptInside: boolean): Way | null {
  if (!URL.canParse(link)) return null;
  const { protocol, searchParams } = new URL(link);
  if (protocol === "http:" || protocol === "https:")
    return { to: keptInside || searchParams.get("ddtab") === "true" ? "tab" : "browser", url: link };
  if (!link.startsWith("dingtalk://dingtalkclient/page/link?")) return null;
  const target = wayOf(searchParams.get("url") ?? "", keptInside);
  return target && searchParams.get("pc_slide") === "true" ? { ...target, to: "panel" } : target;
}

/** Whom the surfaces are opened for. */
export interface Visitor {
  who: string;
  language: string;
  /** The product's origin. */
  product: string;
}

/** The address of a frame that shows a page of the product; null for pages of others, which are not on the desk. */
export function surfaceAddress(surface: "workbench" | "browser", url: string, visitor: Visitor): string | null {
  if (!URL.canParse(url, visitor.product)) return null;
  const { origin, hostname, pathname, search, hash } = new URL(url, visitor.product);
  const isOurs = origin === visitor.product || /^(workbench|webview|browser)\.localhost$/.test(hostname);
  if (!isOurs) return null;
  const given = new URLSearchParams({ who: visitor.who, lang: visitor.language, to: pathname + search });
  return `${surfaceOrigin(surface)}/__desk/enter?${given.toString()}${hash}`;
}

/** The origin of a surface: the desk's own port under another name. */
export function surfaceOrigin(surface: "workbench" | "browser"): string {
  return `http://${surface}.localhost${location.port && `:${location.port}`}`;
}
