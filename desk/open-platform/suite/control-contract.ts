import { z } from "zod";
import type { EventSettings } from "../events/subscription";

const suiteKey = z.string().min(1);
const corpId = z.string().min(1);
const who = z.string().min(1);

/** Controls over suites, and over what a phone scans. */
export const SUITE_CONTROLS = {
  suites: { path: "/suites", body: z.strictObject({}) },
  /** An administrator activates the suite for an organisation: announced as `org_suite_auth`. Again: `org_suite_change`. */
  activateSuite: { path: "/suites/activate", body: z.strictObject({ suiteKey, corpId, userid: z.string().min(1) }) },
  /** The organisation takes its authorisation back: `org_suite_relieve`. */
  relieveSuite: { path: "/suites/relieve", body: z.strictObject({ suiteKey, corpId }) },
  /** Stops or starts the suite's app in an organisation, or narrows what it was granted. */
  patchInstall: {
    path: "/suites/patch",
    body: z.strictObject({
      suiteKey,
      corpId,
      stopped: z.boolean().optional(),
      permissions: z.array(z.string()).optional(),
      contactScope: z.array(z.int()).optional(),
    }),
  },
  /** A new ticket, which ends the old one, is pushed; with `same` the one that holds is pushed again. */
  pushSuiteTicket: { path: "/suites/ticket", body: z.strictObject({ suiteKey, same: z.boolean().default(false) }) },
  /** What the phone in that person's hand (`yunling.linyue`) does with a scanned link. Nothing is opened or changed. */
  scan: { path: "/scan", body: z.strictObject({ who, link: z.string().min(1) }) },
  /** The phone's last step after scanning an activation link: the person activates the suite for a team. */
  activateScanned: { path: "/scan/activate", body: z.strictObject({ who, link: z.string().min(1), corpId }) },
} as const;

/** A suite as tests and the desk's administrator page see it. */
export interface SuiteView {
  name: string;
  suiteKey: string;
  suiteSecret: string;
  suiteId: string;
  appId: number;
  miniAppId: string;
  suiteTicket: string;
  /** The link that the suite's activation QR holds. */
  activationLink: string;
  events: EventSettings;
  installs: { corpId: string; agentId: number; authUser: string; stopped: boolean }[];
}

/** A team that the phone's owner belongs to. */
export interface Team {
  corpId: string;
  name: string;
  /** Only administrators may activate. */
  isAdministrator: boolean;
  isActivated: boolean;
}

/** What a phone does with a scanned link. */
export type Scanned =
  /** It opens the mini program there. */
  | { does: "open"; corpId: string; page: string | null; query: Record<string, string> }
  /** It asks for which team to activate the suite. */
  | { does: "activate"; suiteKey: string; name: string; teams: Team[] }
  /** It opens an ordinary page. */
  | { does: "browse"; url: string }
  /** It says why not. */
  | { does: "refuse"; reason: "unknown" | "no-app" | "stopped" | "not-visible" | "other-team" };

/** What each of these controls answers. */
export interface SuiteReplies {
  suites: { suites: SuiteView[] };
  activateSuite: { agentId: number; temporaryCode: string };
  relieveSuite: Record<string, never>;
  patchInstall: Record<string, never>;
  pushSuiteTicket: { suiteTicket: string };
  scan: Scanned;
  activateScanned: { agentId: number };
}
