/** The three clients whose mini programs the host can pass for. */
export type Platform = "iOS" | "Android" | "Windows";

/** What the phone's address says: who holds it, and what was tapped. */
export interface Address {
  who: string | null;
  /** Page to open; null is the home page. */
  page: string | null;
  query: Record<string, string>;
  language: "zh-CN" | "en-US";
  platform: Platform;
}

const PLATFORMS: Record<string, Platform> = {
  ios: "iOS",
  android: "Android",
  pc: "Windows",
  windows: "Windows",
};

/** Reads `?who=&page=&query=&lang=&platform=`; `query` is itself a query string. */
export function readAddress(search: string, browserLanguage: string): Address {
  const given = new URLSearchParams(search);
  const language = given.get("lang") ?? browserLanguage;
  return {
    who: given.get("who") || null,
    page: given.get("page")?.replace(/^\//, "") || null,
    query: Object.fromEntries(new URLSearchParams(given.get("query") ?? "")),
    language: language.toLowerCase().startsWith("en") ? "en-US" : "zh-CN",
    platform: PLATFORMS[(given.get("platform") ?? "").toLowerCase()] ?? "iOS",
  };
}
