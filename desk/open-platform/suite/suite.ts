import type { DemoSuite } from "../../demo/enterprise";
import { type App, type Organisation, ROOT } from "../contacts/organisation";
import { type EventSettings, NO_EVENTS } from "../events/subscription";
import { type Random, randomHex } from "../random";

/** A suite in one organisation. */
export interface Install extends App {
  /** The administrator who activated it. */
  authUser: string;
  permanentCode: string;
}

/** A suite as it is now. */
export interface Suite extends DemoSuite {
  events: EventSettings;
  /** The newest ticket; older ones are worth nothing. */
  ticket: string;
  /** By CorpId. */
  installs: Map<string, Install>;
  /** Temporary codes of activations under way, each good once. */
  temporaryCodes: Map<string, string>;
}

/** A suite that nobody has activated yet. */
export function createSuite(seed: DemoSuite, random: Random): Suite {
  const ticket = randomHex(random, 16);
  return { ...seed, events: NO_EVENTS, ticket, installs: new Map(), temporaryCodes: new Map() };
}

/** The suite's app in an organisation whose administrator activates it: readable for everybody, visible to everybody. */
export function createInstall(suite: Suite, organisation: Organisation, authUser: string, random: Random): Install {
  return {
    name: suite.name,
    appKey: suite.suiteKey,
    appSecret: suite.suiteSecret,
    agentId: 2_000_000_000 + ((suite.installs.size + 1) * 1013 + organisation.size) * 7,
    miniAppId: suite.miniAppId,
    permissions: [...suite.permissions],
    ipWhiteList: [...suite.ipWhiteList],
    contactScope: [ROOT],
    thirdParty: true,
    authUser,
    permanentCode: randomHex(random, 24),
  };
}
