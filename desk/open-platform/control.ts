import type { DemoApp, DemoMember, DemoOrganisation } from "../demo/enterprise";
import { monthOf } from "./clock";
import type { ControlBody, ControlName, ControlReplies, MonthUse } from "./control-contract";
import { listPeople } from "./person";
import type { OpenPlatform } from "./platform";

/** A wish that cannot be met: somebody or something is not there. The text tells what. */
export class ControlRefused extends Error {}

/** Every control as a function of its checked body. Throws `ControlRefused`. */
export type Controls = { [Name in ControlName]: (body: ControlBody<Name>) => ControlReplies[Name] };

/** The controls over a stand-in, free of HTTP: the control interface and the desk page use the same. */
export function createControls(platform: OpenPlatform): Controls {
  return {
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
    patchPerson: (body) => patchPerson(platform, body),
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
  const { app } = appOf(platform, body.corpId);
  memberOf(platform, body.corpId, body.userid);
  const { code, expires } = platform.codes.mint({ ...body, appKey: app.appKey });
  return { code, expiresAt: new Date(expires).toISOString() };
}

function patchPerson(platform: OpenPlatform, body: ControlBody<"patchPerson">): Record<string, never> {
  const { corpId, userid, left, ...patch } = body;
  const member = memberOf(platform, corpId, userid);
  const known = organisationOf(platform, corpId).departments.map(({ deptId }) => deptId);
  const missing = patch.departmentIds?.find((id) => !known.includes(id));
  if (missing !== undefined) throw new ControlRefused(`Organisation ${corpId} has no department ${missing}.`);
  if (left) platform.directory.removeMember(corpId, userid);
  else assignGiven(member, patch);
  platform.changed();
  return {};
}

function patchApp(platform: OpenPlatform, body: ControlBody<"patchApp">): Record<string, never> {
  const { corpId, ...patch } = body;
  assignGiven(appOf(platform, corpId).app, patch);
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

function monthOfOne(platform: OpenPlatform, { corpId, name }: DemoOrganisation): MonthUse {
  const { limits, clock } = platform;
  return { corpId, name, month: monthOf(clock.now()), used: limits.used(corpId), limit: limits.limit(corpId) };
}

function organisationOf(platform: OpenPlatform, corpId: string): DemoOrganisation {
  const organisation = platform.directory.organisation(corpId);
  if (!organisation) throw new ControlRefused(`There is no organisation ${corpId}.`);
  return organisation;
}

function appOf(platform: OpenPlatform, corpId: string): { app: DemoApp } {
  const { app } = organisationOf(platform, corpId);
  if (!app) throw new ControlRefused(`Organisation ${corpId} has no app.`);
  return { app };
}

function memberOf(platform: OpenPlatform, corpId: string, userid: string): DemoMember {
  const member = platform.directory.member(organisationOf(platform, corpId).corpId, userid);
  if (!member) throw new ControlRefused(`Organisation ${corpId} has no member ${userid}.`);
  return member;
}
