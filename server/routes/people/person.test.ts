import type { EnterpriseUser } from "../../../core/contract/people/user";
import { builders, type BuiltUser } from "../../../tests/factories/build";
import { newDevice, request } from "../../../tests/factories/client";
import { offices, waitFor, type Office } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";
import { PERMISSIONS } from "../../domain/enterprise/authorisation";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

interface Plan {
  add: { name: string; login: string; returnsTo: string | null; loginOf: string | null }[];
  totals: Record<string, number>;
  digest: string;
}

const desk = () => world.dingtalk.controls;

/** An organisation that was synchronised, with its administrator and one member who is an editor. */
async function organisation() {
  const office = await offices(world, build).office();
  const { enterprise } = office.user;
  desk().patchApp({ corpId: enterprise.corpId, permissions: PERMISSIONS.map(({ name }) => name) });
  const employee = await build.buildUser({ enterprise, role: "editor" });
  await synchronise(office);
  return { office, enterprise, employee };
}

async function synchronise({ post, get }: Office): Promise<void> {
  interface Runs {
    current: object | null;
    latest: { state: string }[];
  }
  await post("/sync", {});
  const rested = await waitFor(
    () => get<Runs>("/sync"),
    ({ body }) => body.current === null,
  );
  if (rested.body.latest[0]?.state !== "done") throw new Error(JSON.stringify(rested.body.latest[0]));
}

/** The userid of somebody who left is given to another person, who is not told about by any event. */
function giveAway({ enterprise: { corpId }, userid }: BuiltUser, unionid?: string): string {
  desk().patchPerson({ corpId, userid, left: true });
  const newcomer = { corpId, userid, name: "新人", departmentIds: [10], title: "", active: true };
  return desk().addMember({ ...newcomer, ...(unionid === undefined ? {} : { unionid }) }).unionid;
}

const unionidOf = ({ enterprise: { corpId }, userid }: BuiltUser): string =>
  desk()
    .members({ corpId, search: userid, offset: 0, limit: 50 })
    .members.find((one) => one.userid === userid)?.unionid ?? "";

const meWith = (token: string) => request(world.server.url, "GET", "/api/me", { token });

async function makeUsers({ post }: Office, wishes: object = {}): Promise<Plan> {
  const { body: plan } = await post<Plan>("/members/users/preview", wishes);
  const done = await post("/members/users/apply", { ...wishes, digest: plan.digest });
  if (done.status !== 200) throw new Error(`Making users failed: ${done.code}`);
  return plan;
}

describe("a userid that is given to another person", () => {
  it("lets the newcomer into nobody's account, and ends the former one's sessions, without any event", async () => {
    const { employee } = await organisation();
    const former = await build.tokenOf(employee);
    giveAway(employee);

    const answer = await build.signIn(employee);

    expect(answer.code).toBe("not_bound");
    expect(
      (
        await waitFor(
          () => meWith(former),
          ({ code }) => code === "signed_out",
        )
      ).code,
    ).toBe("signed_out");
    const [entry] = await world.database.query(
      "select detail from audit_entry where action = 'member_replaced' and subject = $1 and enterprise_id = $2",
      [employee.userid, employee.enterprise.id],
    );
    expect(entry?.["detail"]).toMatchObject({ to: "新人", userId: employee.id });
  });

  it("ends the former one's sessions in the next synchronisation, and then gives the newcomer an account apart", async () => {
    const { office, employee } = await organisation();
    await office.post("/members/unbind", { memberId: await memberIdOf(employee) });
    const { add: before } = await makeUsers(office);
    const former = before.find(({ login }) => login.startsWith(`${employee.userid}@`));
    const token = await build.tokenOf(employee);
    giveAway(employee);

    await synchronise(office);

    expect(
      (
        await waitFor(
          () => meWith(token),
          ({ code }) => code === "signed_out",
        )
      ).code,
    ).toBe("signed_out");
    const plan = await makeUsers(office);
    expect(plan.add).toEqual([
      expect.objectContaining({ name: "新人", returnsTo: null, loginOf: former?.name }) as Plan["add"][0],
    ]);
    expect(plan.add[0]?.login).not.toBe(former?.login);
    const answer = await build.signIn(employee);
    expect(answer.body.me.user).toMatchObject({ login: plan.add[0]?.login, name: "新人" });
  });

  it("is another person by every road: QR codes and bind tickets of the former one are worth nothing", async () => {
    const { office, employee } = await organisation();
    await office.post("/members/unbind", { memberId: await memberIdOf(employee) });
    const ticket = (await build.signIn(employee)).body.error?.notBound?.bindTicket ?? "";
    giveAway(employee);
    await synchronise(office);

    const body = { bindTicket: ticket, login: office.user.login, password: "irrelevant-1", deviceId: newDevice() };
    const bound = await request(world.server.url, "POST", "/api/session/bind", {
      body,
    });

    expect(bound.code).toBe("bind_ticket_spent");
  });

  it("gives whoever comes back the own account again, under the same id or another one", async () => {
    const { office, employee } = await organisation();
    await office.post("/members/unbind", { memberId: await memberIdOf(employee) });
    await makeUsers(office);
    const before = (await build.signIn(employee)).body.me.user;
    const person = unionidOf(employee);
    giveAway(employee);
    await synchronise(office);
    await makeUsers(office);
    const { corpId } = employee.enterprise;
    const again = { corpId, userid: "again", name: "回来", departmentIds: [10], title: "", active: true };
    desk().addMember({ ...again, unionid: person });
    await synchronise(office);

    const plan = await makeUsers(office);

    expect(plan.add).toEqual([expect.objectContaining({ name: "回来", returnsTo: before.name })]);
    expect((await build.signIn({ ...employee, userid: "again" })).body.me.user.id).toBe(before.id);
    expect((await build.signIn(employee)).body.me.user.name).toBe("新人");
  });

  it("is never matched with an account that was somebody else's", async () => {
    const { office, employee } = await organisation();
    await office.post<EnterpriseUser>(`/users/${employee.id}`, { email: "shared@corp.example" });
    giveAway(employee);
    await synchronise(office);
    await world.database.query("update member set email = 'shared@corp.example' where id = $1", [
      await memberIdOf(employee),
    ]);

    const { body } = await office.post<{ matches: object[]; skipped: { reason: string }[] }>("/members/match/preview", {
      rule: "email",
    });

    expect(body).toMatchObject({ matches: [], skipped: [{ reason: "another_person" }] });
  });
});

async function memberIdOf({ enterprise, userid }: BuiltUser): Promise<unknown> {
  const [row] = await world.database.query("select id from member where enterprise_id = $1 and userid = $2", [
    enterprise.id,
    userid,
  ]);
  return row?.["id"];
}
