import { randomUUID } from "node:crypto";
import type { Member } from "../../../core/contract/people/member";
import type { EnterpriseUser } from "../../../core/contract/people/user";
import { Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { offices, waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
const office: ReturnType<typeof offices>["office"] = (wishes) => offices(world, build).office(wishes);
const addMember: ReturnType<typeof offices>["addMember"] = (...input) => offices(world, build).addMember(...input);

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

describe("users", () => {
  it("are added, found, edited and disabled; a disabled user's sessions end at once", async () => {
    const { post, get, user } = await office();
    const login = `new-${randomUUID().slice(0, 8)}`;
    const contact = { mobile: "13900000001", email: "new@example.com", jobNumber: "77" };

    const added = await post<EnterpriseUser>("/users", {
      login,
      name: "New 100%",
      role: "viewer",
      password: PASSWORD,
      ...contact,
    });

    expect(added.body).toMatchObject({ login, role: "viewer", state: "active", password: true, ...contact });
    expect((await post("/users", { login, name: "Again", role: "viewer" })).code).toBe("login_taken");
    const found = await get<{ users: EnterpriseUser[]; total: number }>(`/users?search=${encodeURIComponent("100%")}`);
    expect(found.body).toMatchObject({ total: 1, users: [{ login }] });
    const browser = new Browser(world, build);
    await browser.signIn({ login } as BuiltUser);
    expect((await browser.ask("GET", "/api/reports")).status).toBe(200);
    const edited = await post<EnterpriseUser>(`/users/${added.body.id}`, { role: "editor", name: "Newer" });
    expect(edited.body).toMatchObject({ role: "editor", name: "Newer" });
    expect((await post(`/users/${added.body.id}/state`, { state: "disabled" })).body).toMatchObject({
      state: "disabled",
    });
    expect(
      await waitFor(
        () => browser.who(),
        (who) => who === "signed_out",
      ),
    ).toBe("signed_out");
    expect((await post(`/users/${added.body.id}/state`, { state: "active" })).body).toMatchObject({ state: "active" });
    expect((await post(`/users/${user.id}`, { role: "viewer" })).code).toBe("last_administrator");
    expect((await post(`/users/${user.id}/state`, { state: "disabled" })).code).toBe("last_administrator");
    expect((await post(`/users/${added.body.id}`, { email: "no address" })).code).toBe("input_invalid");
  });

  it("who also belong to another enterprise are nobody's to rename or to give away", async () => {
    const { post, user } = await office();
    const other = await build.buildUser();
    await world.server.domain.users.setRole(user.enterprise.id, other.id, "viewer");
    const member = await addMember(user.enterprise);

    expect((await post(`/users/${other.id}`, { name: "Mine now" })).code).toBe("forbidden");
    expect((await post("/members/bind", { memberId: member.id, userId: other.id })).code).toBe("forbidden");
    expect((await post(`/users/${other.id}`, { role: "editor" })).status).toBe(200);
  });
});

describe("members", () => {
  it("are listed by department with all below it, by search and by page", async () => {
    const { get, user } = await office();
    const inEast = await addMember(user.enterprise, { name: "East_1", departmentIds: [11], mobile: "13812345678" });
    await addMember(user.enterprise, { name: "Money", departmentIds: [20] });
    interface List {
      members: Member[];
      total: number;
    }

    const sales = await get<List>("/members?department=10");
    const direct = await get<List>("/members?department=10&deep=false");
    const search = await get<List>("/members?search=t_1");
    const second = await get<List>("/members?page=2&size=1");
    const tree = await get<{ departments: { id: number; members: number }[] }>("/departments");

    expect(sales.body.members.map((one) => one.id)).toContain(inEast.id);
    expect(direct.body.members.map((one) => one.id)).not.toContain(inEast.id);
    expect(search.body).toMatchObject({
      total: 1,
      members: [{ name: "East_1", departments: [{ id: 11 }], user: null }],
    });
    expect(second.body).toMatchObject({ total: 3 });
    expect(second.body.members).toHaveLength(1);
    expect(tree.body.departments.map(({ id, members }) => [id, members])).toEqual([
      [1, 0],
      [10, 1],
      [20, 1],
      [11, 1],
    ]);
    expect((await get("/members?department=0")).code).toBe("input_invalid");
  });

  it("are bound and unbound by an administrator, which ends what DingTalk vouched for", async () => {
    const { post, user } = await office();
    const bound = await build.buildUser({ enterprise: user.enterprise });
    const token = await build.tokenOf(bound);
    const [row] = await world.database.query("select member_id from binding where user_id = $1", [bound.id]);
    const memberId = row?.["member_id"];

    expect((await post("/members/unbind", { memberId })).status).toBe(200);

    const me = () => request(world.server.url, "GET", "/api/me", { token });
    expect((await waitFor(me, ({ code }) => code === "signed_out")).code).toBe("signed_out");
    expect((await post("/members/unbind", { memberId })).code).toBe("not_found");
    expect((await post("/members/bind", { memberId, userId: bound.id })).status).toBe(200);
    const other = await build.buildUser({ enterprise: user.enterprise, bound: false });
    expect((await post("/members/bind", { memberId, userId: other.id })).code).toBe("bound_elsewhere");
  });

  it("are matched as the preview shows: never an administrator, a stranger's account or one of two", async () => {
    const { post, user } = await office();
    const { enterprise } = user;
    const add = async (login: string, email: string, role: "viewer" | "administrator" = "viewer") =>
      (await post<EnterpriseUser>("/users", { login: `${login}-${user.login}`, name: login, role, email })).body.id;
    const plain = await add("plain", "plain@example.com");
    await add("chief", "chief@example.com", "administrator");
    await add("twin1", "twin@example.com");
    await add("twin2", "twin@example.com");
    const elsewhere = await add("elsewhere", "elsewhere@example.com");
    await world.server.domain.users.setRole((await build.buildEnterprise()).id, elsewhere as never, "viewer");
    const member = await addMember(enterprise, { email: "PLAIN@example.com" });
    for (const email of ["chief@example.com", "twin@example.com", "elsewhere@example.com"])
      await addMember(enterprise, { email });
    interface Preview {
      matches: { member: { id: string }; user: { id: string } }[];
      skipped: { reason: string }[];
      digest: string;
    }

    const { body: shown } = await post<Preview>("/members/match/preview", { rule: "email" });

    expect(shown.matches).toMatchObject([{ member: { id: member.id }, user: { id: plain } }]);
    expect(shown.skipped.map(({ reason }) => reason).sort()).toEqual([
      "administrator",
      "ambiguous",
      "other_enterprises",
    ]);
    const outdated = await post("/members/match/apply", { rule: "email", digest: "earlier" });
    expect(outdated.code).toBe("preview_outdated");
    const applied = await post("/members/match/apply", { rule: "email", digest: shown.digest });
    expect(applied.body).toEqual({ bound: 1 });
  });

  it("become users with a binding as the preview shows, within the range and with its roles", async () => {
    const { post, user } = await office();
    const { enterprise } = user;
    const twins = [
      await addMember(enterprise, { name: "Twin", jobNumber: "1", departmentIds: [10, 11] }),
      await addMember(enterprise, { name: "Twin", jobNumber: "2", departmentIds: [11] }),
    ];
    await addMember(enterprise, { name: "Outside", departmentIds: [20] });
    const rules = {
      included: [10],
      excluded: [],
      defaultRole: "viewer",
      roles: [{ departmentId: 11, role: "editor" }],
    };
    expect((await post("/range-rules", rules)).body).toEqual(rules);
    const saved = await Promise.all(Array.from({ length: 12 }, () => post("/range-rules", rules)));
    expect(saved.map(({ status }) => status)).toEqual(Array(12).fill(200));
    interface Plan {
      add: { memberId: string; name: string; role: string }[];
      clashes: { name: string }[];
      totals: Record<string, number>;
      digest: string;
    }

    const clashing = await post<Plan>("/members/users/preview", {});
    const { body: plan } = await post<Plan>("/members/users/preview", { nameSuffix: "job_number" });

    expect(clashing.body.clashes).toMatchObject([{ name: "Twin" }]);
    expect(plan.clashes).toEqual([]);
    expect(plan.totals).toMatchObject({ add: 2, rename: 0, disable: 0 });
    expect(plan.add.map(({ name, role }) => [name, role]).sort()).toEqual([
      ["Twin (1)", "editor"],
      ["Twin (2)", "editor"],
    ]);
    expect((await post("/members/users/apply", { digest: clashing.body.digest, nameSuffix: "job_number" })).code).toBe(
      "preview_outdated",
    );
    const done = await post("/members/users/apply", { digest: plan.digest, nameSuffix: "job_number" });
    expect(done.body).toEqual({ added: 2, renamed: 0, disabled: 0 });
    const [bound] = await world.database.query("select count(*)::int as count from binding where member_id = any($1)", [
      twins.map((twin) => twin.id),
    ]);
    expect(bound).toEqual({ count: 2 });
    await post("/range-rules", { ...rules, included: [20], roles: [] });
    const later = await post<Plan>("/members/users/preview", { disableOthers: true });
    expect(later.body.totals).toMatchObject({ add: 1, disable: 2 });
    await post("/members/users/apply", { disableOthers: true, digest: later.body.digest });
    const users = await world.database.query(
      "select state from enterprise_user where enterprise_id = $1 and synced order by state",
      [enterprise.id],
    );
    expect(users.map(({ state }) => state)).toEqual(["active", "disabled", "disabled"]);
  });
});
