import { monthOf } from "../clock";
import { createContactControls } from "../contacts/controls";
import type { Organisation } from "../contacts/organisation";
import type { ControlBody, ControlName, ControlReplies, ControlResult, MonthUse } from "./contract";
import { appOf, ControlRefused, memberOf, organisationOf } from "./lookup";
import { createEventControls } from "../events/controls";
import { createSuiteControls } from "../suite/controls";
import { listPeople } from "../person";
import type { OpenPlatform } from "../platform";

/** Every control as a function of its checked body. Throws `ControlRefused`, or rejects with it. */
export type Controls = { [Name in ControlName]: (body: ControlBody<Name>) => ControlResult<Name> };

/** The controls over a stand-in, free of HTTP: the control interface and the desk page use the same. */
export function createControls(platform: OpenPlatform): Controls {
  return {
    ...createContactControls(platform),
    ...createEventControls(platform),
    ...createSuiteControls(platform),
    totals: () => ({ totals: platform.ledger.totals() }),
    mintCode: (body) => mintCode(platform, body),
    calls: ({ after }) => ({ calls: platform.ledger.after(after), months: monthsOf(platform) }),
    clearCalls() {
      platform.ledger.clear();
      return {};
    },
    faults: () => ({ faults: platform.faults.list() }),
    addFault(fault) {
      const id = platform.faults.add(fault);
      platform.changed();
      return { id };
    },
    clearFaults({ id }) {
      platform.faults.clear(id);
      platform.changed();
      return {};
    },
    advanceClock({ milliseconds }) {
      platform.clock.advance(milliseconds);
      return { now: new Date(platform.clock.now()).toISOString() };
    },
    people: () => ({ people: listPeople(platform.directory) }),
    patchApp: (body) => patchApp(platform, body),
    setQuota({ corpId, used, limit }) {
      const organisation = organisationOf(platform, corpId);
      if (used !== undefined) platform.limits.setUsed(corpId, used);
      if (limit !== undefined) platform.limits.setLimit(corpId, limit);
      platform.changed();
      return monthOfOne(platform, organisation);
    },
    reset() {
      platform.reset();
      platform.changed();
      return {};
    },
  };
}

function mintCode(platform: OpenPlatform, body: ControlBody<"mintCode">): ControlReplies["mintCode"] {
  const app = platform.directory.workbenchApp(organisationOf(platform, body.corpId).corpId);
  if (!app) throw new ControlRefused(`Organisation ${body.corpId} has no app.`);
  memberOf(platform, body.corpId, body.userid);
  const { code, expires } = platform.codes.mint({ ...body, appKey: app.appKey });
  return { code, expiresAt: new Date(expires).toISOString() };
}

/** The app itself hears when it is stopped or started, and who may open it. */
function patchApp(platform: OpenPlatform, body: ControlBody<"patchApp">): Record<string, never> {
  const { corpId, ...patch } = body;
  const app = appOf(platform, corpId);
  const organisation = organisationOf(platform, corpId);
  const wasStopped = app.stopped ?? false;
  assignGiven(app, patch);
  if (patch.stopped !== undefined && patch.stopped !== wasStopped)
    platform.announcer.appStatus(organisation, patch.stopped ? "disable" : "enable");
  if (patch.visibleTo !== undefined) platform.announcer.appScopes(organisation);
  platform.changed();
  return {};
}

function assignGiven(target: object, patch: object): void {
  for (const [name, value] of Object.entries(patch)) if (value !== undefined) Object.assign(target, { [name]: value });
}

function monthsOf(platform: OpenPlatform): MonthUse[] {
  return platform.directory
    .all()
    .filter(({ app }) => app !== null)
    .map((organisation) => monthOfOne(platform, organisation));
}

function monthOfOne(platform: OpenPlatform, { corpId, name }: Organisation): MonthUse {
  const { limits, clock } = platform;
  return { corpId, name, month: monthOf(clock.now()), used: limits.used(corpId), limit: limits.limit(corpId) };
}
