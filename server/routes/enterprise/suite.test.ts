import type { EnterpriseCard, Problem } from "../../../core/contract/enterprise/enterprise";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import type { OrganisationView } from "../../../desk/open-platform/contacts/control-contract";
import { Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { newDevice, request, type SignInAnswer } from "../../../tests/factories/client";
import { waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(180_000); // passwords are slow on purpose, and machines may be busy

const SUITE = { kind: "suite" } as const;

let world: World;
let owner: Browser;
let suiteKey: string;
/** An organisation without an app of its own: our suite is all that it has of us. */
let customer: OrganisationView;
let enterpriseId: string;

const desk = () => world.dingtalk.controls;

beforeAll(async () => {
  world = await startWorld({ withSuite: "http" });
  const build = builders(world);
  suiteKey = world.config.suite?.key ?? "";
  customer = desk().addOrganisation({ ...GENERATED, seed: "customer", members: 130, departments: 9 });
  await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });
  owner = new Browser(world, build);
  await owner.ask("POST", "/api/session/password", { login: "owner", password: PASSWORD });
});
afterAll(() => world.stop());

const GENERATED = { longIds: false, oddDepartments: true, twins: true, withApp: false };

interface Verified {
  result: string;
  name?: string;
  problem?: Problem;
}

const verify = async (corpId: string) =>
  (await owner.ask<Verified>("POST", "/api/enterprises/verify", { corpId, app: SUITE })).body;
const problem = async (corpId: string) => (await verify(corpId)).problem?.code;
const activate = ({ corpId, mainAdministrator }: OrganisationView) =>
  desk().activateSuite({ suiteKey, corpId, userid: mainAdministrator ?? "" });
const card = async () => {
  const { body } = await owner.ask<{ enterprise: EnterpriseCard }>("GET", `/api/enterprises/${enterpriseId}`);
  return body.enterprise;
};
const runs = async () =>
  (await owner.ask<{ latest: SyncRun[] }>("GET", `/api/enterprises/${enterpriseId}/sync`)).body.latest;
const post = <T>(path: string, body: unknown) => owner.ask<T>("POST", `/api/enterprises/${enterpriseId}${path}`, body);

/** A member by place in the generated organisation; the first two are its administrators. */
const member = (index: number): string =>
  desk().members({ corpId: customer.corpId, search: "", offset: index, limit: 1 }).members[0]?.userid ?? "";

/** Signs a member in inside DingTalk, as the mini program of the suite does. */
function signIn(userid: string): Promise<SignInAnswer> {
  const { corpId } = customer;
  const authCode = desk().mintCode({ corpId, userid, kind: "jsapi", withCorp: false }).code;
  return request(world.server.url, "POST", "/api/session/dingtalk", {
    body: { corpId, authCode, deviceId: newDevice() },
  });
}

const who = async (token: string) => {
  const { code, body } = await request<{ user: { name: string } }>(world.server.url, "GET", "/api/me", { token });
  return code ?? body.user.name;
};

/** Goes through DingTalk's own page with that person's phone; answers the browser that came back. */
async function signInByQr(userid: string): Promise<{ browser: Browser; code: string | undefined }> {
  const browser = new Browser(world, builders(world));
  const begun = await browser.ask<{ url: string }>("POST", "/api/session/oauth/begin", { corpId: customer.corpId });
  const form = new URL(begun.body.url).searchParams;
  form.set("who", `${customer.key}.${userid}`);
  form.set("step", "agree");
  const page = `${world.config.dingtalk.loginUrl}/oauth2/auth`;
  const back = await fetch(page, { method: "POST", body: form, redirect: "manual" });
  const returned = new URL(back.headers.get("location") ?? "about:blank").searchParams;
  const finished = await browser.ask("POST", "/api/session/oauth/finish", Object.fromEntries(returned));
  return { browser, code: finished.code };
}

// One story: each step stands on the one before.
describe("a third-party suite", () => {
  it("says that DingTalk has not sent the ticket yet, takes it as it comes, then tells who has not activated it", async () => {
    expect(await problem(customer.corpId)).toBe("suite_ticket_missing");

    const url = `${world.server.url}/dingtalk/suite/events`;
    const { token, aesKey } = world.config.suite?.push ?? {};
    const keys = { token: token?.reveal() ?? "", aesKey: aesKey?.reveal() ?? "" };
    await desk().setEvents({ key: suiteKey, mode: "http", url, ...keys, types: null });

    const told = await waitFor(
      () => problem(customer.corpId),
      (code) => code !== "suite_ticket_missing",
    );
    expect(told).toBe("not_activated");
    expect(await problem("dingnobodyhasthis")).toBe("corp_unknown");
    expect((await owner.ask("POST", "/api/enterprises/authorise", { corpId: customer.corpId, app: SUITE })).code).toBe(
      "corp_not_authorised",
    );
  });

  it("is verified by CorpId once an administrator activated it, and not for a dissolved organisation", async () => {
    activate(customer);
    const gone = desk().addOrganisation({ ...GENERATED, seed: "gone", members: 3, departments: 1 });
    activate(gone);
    desk().patchOrganisation({ corpId: gone.corpId, dissolved: true });

    expect(await verify(` ${customer.corpId} `)).toMatchObject({ result: "verified", name: customer.name });
    expect(await problem(gone.corpId)).toBe("corp_dissolved");
    const heard = () =>
      world.database.query("select name, state from suite_corp where corp_id = $1", [customer.corpId]);
    const rows = await waitFor(heard, (found) => found.length > 0);
    expect(rows).toEqual([{ name: customer.name, state: "activated" }]);
    // Nobody authorised the other one here: what happens in it is not ours.
    const logged = () => Promise.resolve(world.logged().includes("event of an organisation that is not authorised"));
    expect(await waitFor(logged, Boolean)).toBe(true);
  });

  it("is authorised, and reads everybody with the organisation's token without a counted call", async () => {
    const { body } = await owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", {
      corpId: customer.corpId,
      app: SUITE,
    });
    enterpriseId = body.id;

    expect(body).toMatchObject({ name: customer.name, appKind: "suite", state: "active" });
    const [run] = await waitFor(runs, ([latest]) => latest?.state === "done");
    expect(run).toMatchObject({
      state: "done",
      members: { seen: 130, added: 130 },
      departments: { found: 9, read: 9 },
    });
    const totals = desk()
      .totals({})
      .totals.filter(({ corpId }) => corpId === customer.corpId);
    expect(totals.map(({ api }) => api)).toContain("/v1.0/oauth2/corpAccessToken");
    expect(totals.filter(({ counted }) => counted > 0)).toEqual([]);
    const checked = await post<{ checks: { check: string; state: string }[] }>("/self-check", {});
    const failed = checked.body.checks.filter(({ state }) => state === "failed");
    expect(failed).toEqual([]);
  });

  it("signs members in by auth code in the mini program, and by QR code in a browser", async () => {
    const { body: plan } = await post<{ digest: string; totals: { add: number } }>("/members/users/preview", {
      nameSuffix: "job_number",
    });
    expect(plan.totals.add).toBe(130);
    await post("/members/users/apply", { digest: plan.digest, nameSuffix: "job_number" });

    const phone = await signIn(member(5));
    expect(phone.status).toBe(200);
    expect(phone.body.me.enterprise?.id).toBe(enterpriseId);
    const { browser, code } = await signInByQr(member(6));

    expect(code).toBeUndefined();
    expect(await browser.who()).not.toBe("signed_out");
  });

  it("binds the DingTalk account of the phone that scans the link", async () => {
    const userid = desk().addMember({
      corpId: customer.corpId,
      name: "扫码人",
      departmentIds: [1],
      title: "",
      active: true,
    }).userid;
    const account = { login: "suite-qr", name: "QR", role: "viewer", password: PASSWORD };
    expect((await post("/users", account)).status).toBe(200);
    const computer = new Browser(world, builders(world));
    await computer.signIn({ login: account.login } as BuiltUser);
    const link = await computer.ask<{ id: string; url: string }>("POST", "/api/me/bind-link", { enterpriseId });

    const scanned = desk().scan({ who: `${customer.key}.${userid}`, link: link.body.url });
    expect(scanned).toMatchObject({ does: "open", corpId: customer.corpId, page: "pages/bind/bind" });
    const token = scanned.does === "open" ? scanned.query["link"] : "";
    const { corpId } = customer;
    const authCode = desk().mintCode({ corpId, userid, kind: "jsapi", withCorp: false }).code;
    const opened = await request<{ confirmTicket: string }>(world.server.url, "POST", "/api/bind-link/open", {
      body: { token, corpId, authCode },
    });
    const { confirmTicket } = opened.body;
    await request(world.server.url, "POST", "/api/bind-link/confirm", {
      body: { confirmTicket, accept: true, deviceId: newDevice() },
    });

    const state = await computer.ask<{ state: string }>("GET", `/api/me/bind-link/${link.body.id}`);
    expect(state.body.state).toBe("bound");
    expect((await signIn(userid)).body.me.user.login).toBe(account.login);
  });

  it("hears what happens in the organisation: a name, a leaver, another scope, a stop and a start", async () => {
    const { corpId } = customer;
    const leaver = member(7);
    const token = (await signIn(leaver)).body.tokens.accessToken;
    const before = (await runs()).length;

    desk().patchPerson({ corpId, userid: leaver, left: true });
    desk().patchOrganisation({ corpId, name: "改名集团" });

    expect(
      await waitFor(
        () => who(token),
        (code) => code === "signed_out",
      ),
    ).toBe("signed_out");
    expect((await waitFor(card, ({ name }) => name === "改名集团")).name).toBe("改名集团");
    desk().patchInstall({ suiteKey, corpId, contactScope: [1] });
    expect((await waitFor(runs, ({ length }) => length > before)).length).toBe(before + 1);
    desk().patchInstall({ suiteKey, corpId, stopped: true });
    expect((await waitFor(card, ({ state }) => state !== "active")).state).toBe("suspended");
    desk().patchInstall({ suiteKey, corpId, stopped: false });
    expect((await waitFor(card, ({ state }) => state === "active")).state).toBe("active");
  });

  it("is over for everybody at once when it is relieved, says why, and comes back with the next activation", async () => {
    const { corpId } = customer;
    const token = (await signIn(member(5))).body.tokens.accessToken;

    desk().relieveSuite({ suiteKey, corpId });

    expect(
      await waitFor(
        () => who(token),
        (code) => code === "signed_out",
      ),
    ).toBe("signed_out");
    const refused = await request(world.server.url, "POST", "/api/session/dingtalk", {
      body: { corpId, authCode: "what-the-phone-still-has", deviceId: newDevice() },
    });
    expect(refused.code).toBe("authorisation_revoked");
    expect((await card()).state).toBe("suspended");
    activate(customer);
    expect((await waitFor(card, ({ state }) => state === "active")).state).toBe("active");
    expect((await signIn(member(5))).status).toBe(200);
  });

  it("that DingTalk stopped can be revoked by us, and then no activation brings it back", async () => {
    desk().relieveSuite({ suiteKey, corpId: customer.corpId });
    await waitFor(card, ({ state }) => state === "suspended");

    const revoked = await post<EnterpriseCard>("/revoke", {});
    expect(revoked.body.state).toBe("revoked");
    activate(customer);
    const told = () =>
      world.database.query("select 1 from audit_entry where action = 'suite_activated' and subject = $1", [
        customer.corpId,
      ]);
    await waitFor(told, ({ length }) => length === 3);

    expect((await card()).state).toBe("revoked");
  });
});
