import { type App, type Member, Organisation, type OrganisationSeed } from "./contacts/organisation";

/** What the stand-in starts with: a demo description, or organisations made by a test or the generator. */
export interface OpenPlatformSeed {
  organisations: readonly OrganisationSeed[];
}

/** The organisations, their apps and people as they are now: a copy of the seed that can be changed. */
export class Directory {
  private readonly byCorpId = new Map<string, Organisation>();

  constructor(seeds: readonly OrganisationSeed[]) {
    for (const seed of seeds) this.add(seed);
  }

  /** Adds an organisation; the caller has checked that its CorpId, key and AppKey are new. */
  add(seed: OrganisationSeed): Organisation {
    const organisation = new Organisation(seed);
    this.byCorpId.set(organisation.corpId, organisation);
    return organisation;
  }

  all(): Organisation[] {
    return [...this.byCorpId.values()];
  }

  organisation(corpId: string): Organisation | null {
    return this.byCorpId.get(corpId) ?? null;
  }

  member(corpId: string, userid: string): Member | null {
    return this.organisation(corpId)?.member(userid) ?? null;
  }

  /** The internal app with that key and the organisation that owns it. */
  app(appKey: string): { app: App; owner: Organisation } | null {
    for (const owner of this.byCorpId.values()) if (owner.app?.appKey === appKey) return { app: owner.app, owner };
    return null;
  }

  /** The person behind `yunling.linyue`: organisation key, a dot, userid. */
  person(who: string): { organisation: Organisation; member: Member } | null {
    const dot = who.indexOf(".");
    const organisation = this.all().find(({ key }) => key === who.slice(0, dot));
    const member = organisation?.member(who.slice(dot + 1));
    return organisation && member ? { organisation, member } : null;
  }
}
