import type { DemoApp, DemoOrganisation, DemoSuite } from "../demo/enterprise";
import type { Directory } from "../open-platform/directory";

/** The parameters that the page carries from step to step. */
export const ASKED = ["redirect_uri", "response_type", "client_id", "scope", "state", "prompt", "corpId"] as const;

/** What is wrong with an address that an application sent a browser to. */
export type Wrong = "client_id" | "redirect_uri" | "response_type" | "scope" | "prompt" | "corpId";

/** A request for a sign-in that holds. */
export interface Asked {
  app: Pick<DemoApp, "name" | "appKey">;
  organisation: Pick<DemoOrganisation, "corpId" | "name" | "nameEn">;
  redirectUri: string;
  state: string | null;
  /** The application is told the organisation too. */
  withCorp: boolean;
}

/**
 * Checks what an application asks for: nothing is shown to anybody, and nobody is led anywhere, unless all of it is as
 * documented. An internal app admits its own organisation only, so `corpId` can name no other; a suite names one of those
 * that activated it. (DingTalk lets a suite leave the organisation open too; that is not played here.)
 * https://open.dingtalk.com/document/development/tutorial-obtaining-user-personal-information
 */
export function readAsked(directory: Directory, given: URLSearchParams): Asked | Wrong {
  const found = askingApp(directory, given);
  if (typeof found === "string") return found;
  const { app, owner } = found;
  const redirectUri = given.get("redirect_uri") ?? "";
  const scope = given.get("scope");
  const withCorp = scope === "openid corpid";
  const holds: [Wrong, boolean][] = [
    ["redirect_uri", isRegistered(app, redirectUri)],
    ["response_type", given.get("response_type") === "code"],
    ["scope", withCorp || scope === "openid"],
    ["prompt", given.get("prompt") === "consent"],
    ["corpId", !withCorp || [null, owner.corpId].includes(given.get("corpId"))],
  ];
  const wrong = holds.find(([, isRight]) => !isRight)?.[0];
  return wrong ?? { app, organisation: owner, redirectUri, state: given.get("state"), withCorp };
}

type Asking = { app: Pick<DemoApp, "name" | "appKey" | "redirectUrls">; owner: Asked["organisation"] };

function askingApp(directory: Directory, given: URLSearchParams): Asking | Wrong {
  const clientId = given.get("client_id") ?? "";
  const suite: DemoSuite | null = directory.suite(clientId);
  if (!suite) return directory.app(clientId) ?? "client_id";
  const found = directory.appIn(clientId, given.get("corpId") ?? "");
  if (!found) return "corpId";
  return { app: { name: suite.name, appKey: clientId, redirectUrls: suite.redirectUrls }, owner: found.owner };
}

const isRegistered = ({ redirectUrls }: Pick<DemoApp, "redirectUrls">, address: string): boolean =>
  redirectUrls?.includes(address) ?? false;

/** Where the browser goes afterwards. `code` and `authCode` are the same, under the old name and the new. */
export function wayBack(
  { redirectUri, state }: Asked,
  answer: { code: string; authCode: string } | { error: string },
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set("state", state);
  return url.href;
}
