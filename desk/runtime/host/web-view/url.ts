import type { Address } from "../address";

/**
 * Where a web-view's page is loaded from. On PC the product's pages come through the desk's PC client, which names
 * itself DingTalk and brings the bridge; everything else comes from its own address.
 */
export function webViewUrl(source: string, product: string | null, { platform, who, language }: Address): string {
  if (platform !== "Windows" || product === null || !URL.canParse(source)) return source;
  const { origin, pathname, search, hash } = new URL(source);
  if (origin !== product) return source;
  const given = new URLSearchParams({ who: who ?? "", lang: language, to: pathname + search });
  const port = location.port && `:${location.port}`;
  return `http://webview.localhost${port}/__desk/enter?${given.toString()}${hash}`;
}
