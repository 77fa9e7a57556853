import { ALL_PERMISSIONS, generateCorp } from "./generated";
import { Organisation } from "./organisation";
import { type PlatformUnderTest, startPlatformUnderTest } from "../platform-under-test";

let platform: PlatformUnderTest;
beforeEach(async () => {
  platform = await startPlatformUnderTest();
});
afterEach(() => platform.close());

interface Corp {
  corpId: string;
  appKey: string;
  token: string;
}

const NOBODY = { deptId: 0, parentId: 0, members: 0 };
const SMALL = { seed: "one", members: 230, departments: 12 };

async function addCorp(wishes: Parameters<PlatformUnderTest["control"]["addOrganisation"]>[0]): Promise<Corp> {
  const { corpId, app } = await platform.control.addOrganisation(wishes);
  if (!app) throw new Error("It has no app.");
  const { body } = await platform.post("/v1.0/oauth2/accessToken", { appKey: app.appKey, appSecret: app.appSecret });
  return { corpId, appKey: app.appKey, token: String(body["accessToken"]) };
}

const ask = async (corp: Corp, path: string, body: object) =>
  (await platform.post(`/topapi/${path}?access_token=${corp.token}`, body)).body;

const codeOf = async (corp: Corp, path: string, body: object) => {
  const { errcode, sub_code } = await ask(corp, path, body);
  return sub_code ?? errcode;
};

const second = () => platform.control.advanceClock({ milliseconds: 1000 });

describe("the generator", () => {
  test("makes the same organisation from the same seed and another one from another", () => {
    expect(generateCorp(SMALL)).toEqual(generateCorp(SMALL));
    expect(generateCorp({ ...SMALL, seed: "two" }).corpId).not.toBe(generateCorp(SMALL).corpId);
  });

  test("hangs 500 departments on one root and gives 20,000 members ids of their own", () => {
    const corp = new Organisation(generateCorp({ seed: "large", members: 20_000, departments: 500 }));
    expect([corp.size, corp.departments.length, corp.headcount(1)]).toEqual([20_000, 500, 20_000]);
    expect(new Set(corp.members.map(({ unionid }) => unionid)).size).toBe(20_000);
    expect(corp.departments.every(({ deptId }) => corp.lineOf(deptId).at(-1)?.deptId === 1)).toBe(true);
  });
});

describe("departments", () => {
  test("a walk with listsub, level by level, meets each department once", async () => {
    const corp = await addCorp(SMALL);
    const open = [1];
    const seen: number[] = [];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      seen.push(next);
      await second();
      const { result } = await ask(corp, "v2/department/listsub", { dept_id: next });
      const below = result as { dept_id: number; parent_id: number }[];
      expect(below.every(({ parent_id }) => parent_id === next)).toBe(true);
      open.push(...below.map(({ dept_id }) => dept_id));
    }
    expect([seen.length, new Set(seen).size]).toEqual([12, 12]);
  });

  test("listsubid, get and the lines of departments and members fit together", async () => {
    const corp = await addCorp(SMALL);
    const { departments } = await platform.control.departments({ corpId: corp.corpId });
    const [leaf = NOBODY] = departments.filter(({ parentId }) => parentId !== null && parentId !== 1);
    const line = (await ask(corp, "v2/department/listparentbydept", { dept_id: leaf.deptId }))["result"];
    const { parent_id_list: ids } = line as { parent_id_list: number[] };
    expect([ids[0], ids[1], ids.at(-1)]).toEqual([leaf.deptId, leaf.parentId, 1]);
    const { result: below } = await ask(corp, "v2/department/listsubid", { dept_id: leaf.parentId });
    expect((below as { dept_id_list: number[] }).dept_id_list).toContain(leaf.deptId);
    const { result: full } = await ask(corp, "v2/department/get", { dept_id: leaf.deptId });
    expect(full).toMatchObject({
      dept_id: leaf.deptId,
      parent_id: leaf.parentId,
      owning_member_count: leaf.members,
    });
    const { members } = await platform.control.members({ corpId: corp.corpId, deptId: leaf.deptId as number });
    const { result: lines } = await ask(corp, "v2/department/listparentbyuser", { userid: members[0]?.userid });
    expect(lines).toMatchObject({ parent_list: expect.arrayContaining([{ parent_dept_id_list: ids }]) });
  });

  test("unknown ones, bad ids and those of schools are refused with DingTalk's numbers", async () => {
    const corp = await addCorp({ ...SMALL, oddDepartments: true });
    const { result } = await ask(corp, "v2/department/listsub", {});
    const ids = (result as { dept_id: number }[]).map(({ dept_id }) => dept_id);
    expect(ids).toEqual(expect.arrayContaining([-1, -7]));
    for (const path of ["listsub", "listsubid", "get", "listparentbydept"]) {
      expect(await codeOf(corp, `v2/department/${path}`, { dept_id: 42 })).toBe(60003);
      expect(await codeOf(corp, `v2/department/${path}`, { dept_id: -1 })).toBe(60003);
      expect(await codeOf(corp, `v2/department/${path}`, { dept_id: "sales" })).toBe(400002);
    }
    expect(await codeOf(corp, "v2/department/listparentbyuser", { userid: "nobody" })).toBe(33012);
    expect(await codeOf(corp, "v2/department/listparentbyuser", {})).toBe(400002);
  });

  test("ids beyond 2^53 keep every digit, in and out", async () => {
    const corp = await addCorp({ ...SMALL, longIds: true });
    const path = `${platform.standIn.api.url}/topapi/v2/department/listsubid?access_token=${corp.token}`;
    const headers = { "content-type": "application/json" };
    const text = await (await fetch(path, { method: "POST", headers, body: `{"dept_id":1}` })).text();
    const long = /\[(\d{16})/.exec(text)?.[1] ?? "";
    expect(BigInt(long) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
    const get = path.replace("listsubid", "get");
    const full = await (await fetch(get, { method: "POST", headers, body: `{"dept_id":${long}}` })).text();
    expect(full).toContain(`"dept_id":${long}`);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const again = await (await fetch(get, { method: "POST", headers: form, body: `dept_id=${long}` })).text();
    expect(again).toContain(`"dept_id":${long}`);
    const off = await (await fetch(get, { method: "POST", headers, body: `{"dept_id":${BigInt(long) + 1n}}` })).text();
    expect(off).toContain("60003");
  });
});

describe("members", () => {
  interface Page {
    has_more: boolean;
    next_cursor?: number;
    list: { userid: string; dept_id_list: number[] }[];
  }

  const pageOf = async (corp: Corp, body: object) =>
    (await ask(corp, "v2/user/list", body))["result"] as unknown as Page;

  test("come page by page, a hundred at most, directly of that department only", async () => {
    const corp = await addCorp({ seed: "flat", members: 230, departments: 1 });
    const first = await pageOf(corp, { dept_id: 1, cursor: 0, size: 100 });
    const last = await pageOf(corp, { dept_id: 1, cursor: 200, size: 100 });
    expect([first.list.length, first.has_more, first.next_cursor]).toEqual([100, true, 100]);
    expect([last.list.length, last.has_more]).toEqual([30, false]);
    expect(last).not.toHaveProperty("next_cursor");
    expect(await codeOf(corp, "v2/user/list", { dept_id: 1, cursor: 0, size: 101 })).toBe(400002);
    expect(await codeOf(corp, "v2/user/list", { dept_id: 1, size: 10 })).toBe(400002);
    expect(await codeOf(corp, "v2/user/list", { dept_id: 1, cursor: 0, size: 10, order_field: "name" })).toBe(400002);
    expect(await codeOf(corp, "user/listsimple", { dept_id: 1, cursor: 0, size: 101 })).toBe(40069);
    expect(await codeOf(corp, "user/listsimple", { dept_id: 1, cursor: -1, size: 10 })).toBe(40068);
    expect(await codeOf(corp, "user/listsimple", { dept_id: 7, cursor: 0, size: 10 })).toBe(60003);
    const { result } = await ask(corp, "user/listsimple", { dept_id: 1, cursor: 0, size: 1 });
    expect((result as unknown as Page).list).toEqual([{ userid: first.list[0]?.userid, name: expect.any(String) }]);
  });

  test("listid, count, listadmin and the administrator's range tell the same organisation", async () => {
    const corp = await addCorp({ seed: "flat", members: 230, departments: 1 });
    const { result: ids } = await ask(corp, "user/listid", { dept_id: 1 });
    expect((ids as { userid_list: string[] }).userid_list).toHaveLength(230);
    const { result: all } = await ask(corp, "user/count", { only_active: false });
    expect(all).toEqual({ count: 230 });
    const { result: active } = await ask(corp, "user/count", { only_active: "true" });
    expect((active as { count: number }).count).toBeLessThan(230);
    const { result } = await ask(corp, "user/listadmin", {});
    const admins = result as { userid: string; sys_level: number }[];
    expect(admins.map(({ sys_level }) => sys_level)).toEqual([1, 2]);
    expect(await ask(corp, "user/get_admin_scope", { userid: admins[0]?.userid })).toMatchObject({ dept_ids: [1] });
    expect(await codeOf(corp, "user/get_admin_scope", { userid: "nobody" })).toBe(60121);
    expect(await codeOf(corp, "user/get_admin_scope", {})).toBe(40036);
    expect(await codeOf(corp, "user/count", {})).toBe(400002);
    expect(await codeOf(corp, "user/count", { only_active: "perhaps" })).toBe(40035);
    expect(await codeOf(corp, "user/listid", { dept_id: 7 })).toBe(60003);
  });

  test("are found by mobile, the first of two who share one; a bad and an unknown mobile differ", async () => {
    const corp = await addCorp({ ...SMALL, twins: true });
    const { members } = await platform.control.members({ corpId: corp.corpId, limit: 2 });
    const [first, twin] = members;
    expect([first?.name, first?.mobile]).toEqual([twin?.name, twin?.mobile]);
    const { result } = await ask(corp, "v2/user/getbymobile", { mobile: first?.mobile });
    expect(result).toEqual({ userid: first?.userid });
    expect(await codeOf(corp, "v2/user/getbymobile", { mobile: "13100000000" })).toBe(60121);
    expect(await codeOf(corp, "v2/user/getbymobile", { mobile: "12" })).toBe(40104);
    expect(await codeOf(corp, "v2/user/getbymobile", {})).toBe(400002);
  });

  test("outside the scope are told apart: listid and count see them, list and get do not", async () => {
    const corp = await addCorp(SMALL);
    const { departments } = await platform.control.departments({ corpId: corp.corpId });
    const [, inside, outside] = departments.filter(({ members }) => members > 0).map(({ deptId }) => deptId as number);
    await platform.control.patchApp({ corpId: corp.corpId, contactScope: [inside ?? 0], contactUsers: [] });
    const page = { cursor: 0, size: 10 };
    expect(await codeOf(corp, "v2/user/list", { dept_id: outside, ...page })).toBe(50004);
    expect(await codeOf(corp, "v2/user/list", { dept_id: 1, ...page })).toBe(50004);
    expect(await codeOf(corp, "user/listid", { dept_id: outside })).toBe(0);
    const { members } = await platform.control.members({ corpId: corp.corpId, deptId: outside as number });
    const stranger = members.find((one) => !one.departmentIds.includes(inside as number))?.userid ?? "";
    expect(await codeOf(corp, "v2/user/get", { userid: stranger })).toBe(50002);
    await platform.control.patchApp({ corpId: corp.corpId, contactUsers: [stranger] });
    expect(await codeOf(corp, "v2/user/get", { userid: stranger })).toBe(0);
    const scopes = await platform.call("GET", `/auth/scopes?access_token=${corp.token}`);
    expect(scopes.body["auth_org_scopes"]).toEqual({ authed_user: [stranger], authed_dept: [inside] });
  });

  test("changed by a control are changed for every API", async () => {
    const corp = await addCorp(SMALL);
    const { corpId } = corp;
    const { deptId } = await platform.control.addDepartment({ corpId, name: "新部门" });
    const { userid } = await platform.control.addMember({ corpId, name: "新人", departmentIds: [deptId as number] });
    expect((await pageOf(corp, { dept_id: deptId, cursor: 0, size: 10 })).list).toMatchObject([
      { userid, name: "新人" },
    ]);
    await platform.control.patchPerson({ corpId, userid, name: "改名", departmentIds: [1], sysLevel: 2 });
    expect((await pageOf(corp, { dept_id: deptId, cursor: 0, size: 10 })).list).toEqual([]);
    expect((await ask(corp, "v2/user/get", { userid }))["result"]).toMatchObject({ name: "改名", admin: true });
    await platform.control.removeDepartment({ corpId, deptId: deptId as number });
    await platform.control.patchPerson({ corpId, userid, left: true });
    expect(await codeOf(corp, "v2/user/get", { userid })).toBe(60121);
    await expect(platform.control.removeDepartment({ corpId, deptId: 1 })).rejects.toThrow("is not empty");
    await expect(platform.control.addMember({ corpId, name: "x", departmentIds: [7] })).rejects.toThrow(
      "no department 7",
    );
  });
});

describe("an app that may not", () => {
  test("hears of each missing permission point by name, with the link to apply", async () => {
    const corp = await addCorp(SMALL);
    const points: [string, object, string][] = [
      ["v2/department/listsub", {}, "qyapi_get_department_list"],
      ["v2/user/list", { dept_id: 1, cursor: 0, size: 10 }, "qyapi_get_department_member"],
      ["user/listid", { dept_id: 1 }, "qyapi_get_member"],
      ["v2/user/getbymobile", { mobile: "13910000000" }, "qyapi_get_member_by_mobile"],
    ];
    for (const [path, body, point] of points) {
      const permissions = ALL_PERMISSIONS.filter((one) => one !== point);
      await platform.control.patchApp({ corpId: corp.corpId, permissions });
      const answer = await ask(corp, path, body);
      expect(answer).toMatchObject({ errcode: 88, sub_code: "60011" });
      expect(answer["errmsg"]).toContain(`appscope/apply?content=${corp.appKey}%23${point}`);
    }
  });

  test("is stopped, or its organisation is dissolved: every call is refused", async () => {
    const corp = await addCorp(SMALL);
    const infos = () =>
      platform.call("GET", "/v1.0/contact/organizations/authInfos", { "x-acs-dingtalk-access-token": corp.token });
    await platform.control.patchApp({ corpId: corp.corpId, stopped: true });
    expect(await codeOf(corp, "user/listadmin", {})).toBe("50003");
    expect((await infos()).status).toBe(403);
    await platform.control.patchApp({ corpId: corp.corpId, stopped: false });
    expect(await codeOf(corp, "user/listadmin", {})).toBe(0);
    await platform.control.patchOrganisation({ corpId: corp.corpId, dissolved: true });
    expect(await codeOf(corp, "user/listadmin", {})).toBe("70001");
    expect((await infos()).body).toMatchObject({ code: "orgNotExist" });
  });
});
