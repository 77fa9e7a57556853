import type { DemoSuite } from "../demo/enterprise";
import { type App, type Member, Organisation, type OrganisationSeed } from "./contacts/organisation";
import type { Random } from "./random";
import { createSuite, type Suite } from "./suite/suite";

/** What the stand-in starts with: a demo description, or organisations made by a test or the generator. */
export interface OpenPlatformSeed {
  organisations: readonly OrganisationSeed[];
  /** Third-party apps; none where absent. */
  suites?: readonly DemoSuite[] | undefined;
}

/** An app in one organisation. */
export interface FoundApp {
  app: App;
  owner: Organisation;
}

/** The organisations, their apps and people as they are now: a copy of the seed that can be changed. */
export class Directory {
  private readonly byCorpId = new Map<string, Organisation>();
  private readonly bySuiteKey = new Map<string, Suite>();

  constructor(seed: OpenPlatformSeed, random: Random) {
    for (const organisation of seed.organisations) this.add(organisation);
    for (const suite of seed.suites ?? []) this.addSuite(createSuite(suite, random));
  }

  /** Adds an organisation; the caller has checked that its CorpId, key and AppKey are new. */
  add(seed: OrganisationSeed): Organisation {
    const organisation = new Organisation(seed);
    this.byCorpId.set(organisation.corpId, organisation);
    return organisation;
  }

  addSuite(suite: Suite): void {
    this.bySuiteKey.set(suite.suiteKey, suite);
  }

  all(): Organisation[] {
    return [...this.byCorpId.values()];
  }

  suites(): Suite[] {
    return [...this.bySuiteKey.values()];
  }

  organisation(corpId: string): Organisation | null {
    return this.byCorpId.get(corpId) ?? null;
  }

  suite(suiteKey: string): Suite | null {
    return this.bySuiteKey.get(suiteKey) ?? null;
  }

  member(corpId: string, userid: string): Member | null {
    return this.organisation(corpId)?.member(userid) ?? null;
  }

  /** The internal app with that key and the organisation that owns it. */
  app(appKey: string): FoundApp | null {
    for (const owner of this.byCorpId.values()) if (owner.app?.appKey === appKey) return { app: owner.app, owner };
    return null;
  }

  /** The app with that key in that organisation: its internal one, or a suite that it activated. */
  appIn(appKey: string, corpId: string): FoundApp | null {
    const owner = this.organisation(corpId);
    if (!owner) return null;
    const app = owner.app?.appKey === appKey ? owner.app : this.suite(appKey)?.installs.get(corpId);
    return app ? { app, owner } : null;
  }

  /** The app that a member of that organisation finds in the Workbench: the internal one before a suite's, a stopped one last. */
  workbenchApp(corpId: string): App | null {
    const internal = this.organisation(corpId)?.app ?? null;
    if (internal && !internal.stopped) return internal;
    const installed = this.suites().flatMap((suite) => suite.installs.get(corpId) ?? []);
    return installed.find((app) => !app.stopped) ?? internal ?? installed[0] ?? null;
  }

  /** The person behind `yunling.linyue`: organisation key, a dot, userid. */
  person(who: string): { organisation: Organisation; member: Member } | null {
    const dot = who.indexOf(".");
    const organisation = this.all().find(({ key }) => key === who.slice(0, dot));
    const member = organisation?.member(who.slice(dot + 1));
    return organisation && member ? { organisation, member } : null;
  }
}
