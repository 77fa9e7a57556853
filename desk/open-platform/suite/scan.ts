import { mayOpen } from "../contacts/scope";
import type { App, Member, Organisation } from "../contacts/organisation";
import type { Directory } from "../directory";
import type { Scanned, Team } from "./control-contract";
import type { Suite } from "./suite";

type Person = { organisation: Organisation; member: Member };

const OPEN_MINI_APP = "/action/open_mini_app";
/** What an AppLink to an internal app must carry. https://open.dingtalk.com/document/development/open-mini-program */
const INTERNAL_NEEDS = ["corpId", "agentId", "pVersion", "packageType"];

const refused = (reason: Extract<Scanned, { does: "refuse" }>["reason"]): Scanned => ({ does: "refuse", reason });

/**
 * The link in a suite's activation QR. What DingTalk's own QR holds is not documented; here it is the AppLink to the
 * suite's mini program without an organisation.
 */
export function activationLinkOf({ miniAppId, appId }: Pick<Suite, "miniAppId" | "appId">): string {
  const query = new URLSearchParams({ type: "1", miniAppId, appId: String(appId) });
  return `https://applink.dingtalk.com${OPEN_MINI_APP}?${query}`;
}

/** What the phone in that person's hand does with a scanned link. */
export function readScanned(directory: Directory, person: Person, link: string): Scanned {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url) return refused("unknown");
  if (isDingTalks(url))
    return url.pathname === OPEN_MINI_APP ? openMiniApp(directory, person, url) : refused("unknown");
  return /^https?:$/.test(url.protocol) ? { does: "browse", url: link } : refused("unknown");
}

/** The suite whose activation link that is; null for anything else. */
export function suiteToActivate(directory: Directory, link: string): Suite | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url || !isDingTalks(url) || url.searchParams.has("corpId")) return null;
  return suiteOf(directory, url.searchParams.get("miniAppId"));
}

/**
 * The person's teams: organisations with a member of the same mobile, as that is one DingTalk account. Only main and
 * sub-administrators may activate.
 */
export function teamsOf(directory: Directory, { organisation, member }: Person, suite: Suite): Team[] {
  const others = directory.all().filter((one) => one !== organisation && !one.dissolved);
  const inOthers = others.flatMap((one) =>
    one.members
      .filter(({ mobile }) => mobile === member.mobile)
      .slice(0, 1)
      .map((found) => ({ one, found })),
  );
  return [{ one: organisation, found: member }, ...inOthers].map(({ one, found }) => ({
    corpId: one.corpId,
    name: one.name,
    isAdministrator: found.admin,
    isActivated: suite.installs.has(one.corpId),
  }));
}

/** An AppLink, the scheme it degrades to, or the desk's own address standing in for applink.dingtalk.com. */
function isDingTalks({ protocol, hostname, pathname }: URL): boolean {
  if (protocol === "dingtalk:") return hostname === "dingtalkclient";
  if (protocol === "https:" && hostname === "applink.dingtalk.com") return true;
  return pathname === OPEN_MINI_APP && (hostname === "127.0.0.1" || hostname.endsWith("localhost"));
}

/** https://open.dingtalk.com/document/development/open-mini-program */
function openMiniApp(directory: Directory, person: Person, url: URL): Scanned {
  const asked = url.searchParams;
  const suite = suiteOf(directory, asked.get("miniAppId"));
  if (!suite) return openInternal(directory, person, url);
  const isComplete = asked.get("type") === "1" && asked.get("appId") === String(suite.appId);
  if (url.protocol !== "dingtalk:" && !isComplete) return refused("unknown");
  const corpId = asked.get("corpId");
  if (!corpId)
    return { does: "activate", suiteKey: suite.suiteKey, name: suite.name, teams: teamsOf(directory, person, suite) };
  const owner = directory.organisation(corpId);
  const install = suite.installs.get(corpId);
  return owner && install ? openIn(owner, install, person, asked.get("page")) : refused("no-app");
}

/** The scheme names the mini program alone; an AppLink must be complete and true in each part. */
function openInternal(directory: Directory, person: Person, { protocol, searchParams: asked }: URL): Scanned {
  const isAppLink = protocol !== "dingtalk:";
  const isComplete = asked.get("type") === "2" && INTERNAL_NEEDS.every((name) => asked.get(name));
  if (isAppLink && !isComplete) return refused("unknown");
  const owner = directory.all().find(({ app }) => app?.miniAppId === asked.get("miniAppId"));
  if (!owner?.app) return refused("no-app");
  const isTrue = asked.get("corpId") === owner.corpId && asked.get("agentId") === String(owner.app.agentId);
  return isAppLink && !isTrue ? refused("no-app") : openIn(owner, owner.app, person, asked.get("page"));
}

function openIn(owner: Organisation, app: App, { organisation, member }: Person, target: string | null): Scanned {
  if (owner !== organisation) return refused("other-team");
  if (app.stopped) return refused("stopped");
  if (!mayOpen(owner, app, member)) return refused("not-visible");
  const [page = "", ...rest] = (target ?? "").split("?");
  const query = Object.fromEntries(new URLSearchParams(rest.join("?")));
  return { does: "open", corpId: owner.corpId, page: page.replace(/^\//, "") || null, query };
}

const suiteOf = (directory: Directory, miniAppId: string | null): Suite | null =>
  directory.suites().find((suite) => suite.miniAppId === miniAppId) ?? null;
