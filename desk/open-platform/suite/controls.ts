import type { ControlBody, ControlReplies } from "../control/contract";
import { ControlRefused, memberOf, organisationOf } from "../control/lookup";
import type { Organisation } from "../contacts/organisation";
import type { OpenPlatform } from "../platform";
import { randomHex } from "../random";
import { authEventStream, authEventSync } from "./auth-info";
import type { SUITE_CONTROLS, SuiteView } from "./control-contract";
import { activationLinkOf, readScanned, suiteToActivate, teamsOf } from "./scan";
import { createInstall, type Install, type Suite } from "./suite";

type SuiteControls = { [Name in keyof typeof SUITE_CONTROLS]: (body: ControlBody<Name>) => ControlReplies[Name] };

/** The controls over suites and over what a phone scans, free of HTTP. */
export function createSuiteControls(platform: OpenPlatform): SuiteControls {
  return {
    suites: () => ({ suites: platform.directory.suites().map(viewOf) }),
    activateSuite: ({ suiteKey, corpId, userid }) =>
      activate(platform, suiteOf(platform, suiteKey), organisationOf(platform, corpId), userid),
    relieveSuite: (body) => relieve(platform, body),
    patchInstall: (body) => patchInstall(platform, body),
    pushSuiteTicket({ suiteKey, same }) {
      const suite = suiteOf(platform, suiteKey);
      if (!same) suite.ticket = randomHex(platform.random, 16);
      const data = { suiteTicket: suite.ticket };
      platform.announcer.toSuite(suite, "", "suite_ticket", data, { bizType: 2, bizId: suite.suiteId, data });
      return data;
    },
    scan: ({ who, link }) => readScanned(platform.directory, personOf(platform, who), link),
    activateScanned: (body) => activateScanned(platform, body),
  };
}

/** Only an administrator may, in a team with at least one member besides nobody: the administrator is one. */
function activate(platform: OpenPlatform, suite: Suite, organisation: Organisation, userid: string) {
  const { corpId } = organisation;
  const member = memberOf(platform, corpId, userid);
  if (!member.admin) throw new ControlRefused(`${userid} is not an administrator of ${corpId}.`);
  const before = suite.installs.get(corpId);
  const install = before ?? createInstall(suite, organisation, userid, platform.random);
  suite.installs.set(corpId, install);
  announceAuth(platform, suite, organisation, before ? "org_suite_change" : "org_suite_auth");
  const temporaryCode = randomHex(platform.random, 16);
  suite.temporaryCodes.set(temporaryCode, corpId);
  platform.changed();
  return { agentId: install.agentId, temporaryCode };
}

function announceAuth(
  { announcer }: OpenPlatform,
  suite: Suite,
  organisation: Organisation,
  type: "org_suite_auth" | "org_suite_change",
): void {
  const install = suite.installs.get(organisation.corpId);
  if (!install) return;
  announcer.toSuite(suite, organisation.corpId, type, authEventStream(suite, organisation, install), {
    bizType: 4,
    bizId: suite.suiteId,
    data: authEventSync(suite, organisation, install),
  });
}

function relieve(platform: OpenPlatform, body: ControlBody<"relieveSuite">): Record<string, never> {
  const { suite } = installOf(platform, body);
  suite.installs.delete(body.corpId);
  const sync = { bizType: 4, bizId: suite.suiteId, data: {} } as const;
  platform.announcer.toSuite(suite, body.corpId, "org_suite_relieve", {}, sync);
  platform.changed();
  return {};
}

function patchInstall(platform: OpenPlatform, body: ControlBody<"patchInstall">): Record<string, never> {
  const { suite, install } = installOf(platform, body);
  const { stopped, permissions, contactScope } = body;
  const wasStopped = install.stopped ?? false;
  if (stopped !== undefined) install.stopped = stopped;
  if (stopped !== undefined && stopped !== wasStopped) {
    const data = { agentId: install.agentId };
    const type = stopped ? "org_micro_app_stop" : "org_micro_app_restore";
    platform.announcer.toSuite(suite, body.corpId, type, data, { bizType: 7, bizId: install.agentId, data });
  }
  if (permissions !== undefined) install.permissions = permissions;
  if (contactScope !== undefined) install.contactScope = contactScope;
  if (permissions !== undefined || contactScope !== undefined)
    announceAuth(platform, suite, organisationOf(platform, body.corpId), "org_suite_change");
  platform.changed();
  return {};
}

function activateScanned(platform: OpenPlatform, body: ControlBody<"activateScanned">): { agentId: number } {
  const suite = suiteToActivate(platform.directory, body.link);
  if (!suite) throw new ControlRefused("That link activates nothing.");
  const person = personOf(platform, body.who);
  const team = teamsOf(platform.directory, person, suite).find(({ corpId }) => corpId === body.corpId);
  if (!team) throw new ControlRefused(`${body.who} does not belong to ${body.corpId}.`);
  const organisation = organisationOf(platform, body.corpId);
  const own = organisation.members.find(({ mobile }) => mobile === person.member.mobile);
  return { agentId: activate(platform, suite, organisation, own?.userid ?? "").agentId };
}

function suiteOf({ directory }: OpenPlatform, suiteKey: string): Suite {
  const suite = directory.suite(suiteKey);
  if (!suite) throw new ControlRefused(`There is no suite ${suiteKey}.`);
  return suite;
}

function installOf(
  platform: OpenPlatform,
  { suiteKey, corpId }: { suiteKey: string; corpId: string },
): { suite: Suite; install: Install } {
  const suite = suiteOf(platform, suiteKey);
  const install = suite.installs.get(corpId);
  if (!install) throw new ControlRefused(`Organisation ${corpId} has not activated ${suiteKey}.`);
  return { suite, install };
}

function personOf({ directory }: OpenPlatform, who: string) {
  const person = directory.person(who);
  if (!person) throw new ControlRefused(`There is nobody ${who}.`);
  return person;
}

function viewOf(suite: Suite): SuiteView {
  const { name, suiteKey, suiteSecret, suiteId, appId, miniAppId, ticket, events, installs } = suite;
  return {
    name,
    suiteKey,
    suiteSecret,
    suiteId,
    appId,
    miniAppId,
    suiteTicket: ticket,
    activationLink: activationLinkOf(suite),
    events,
    installs: [...installs].map(([corpId, { agentId, authUser, stopped }]) => ({
      corpId,
      agentId,
      authUser,
      stopped: stopped ?? false,
    })),
  };
}
