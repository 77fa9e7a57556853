import type { Department, Member, OrganisationSeed } from "./organisation";
import { ROOT } from "./organisation";
import type { Id } from "../id";

/** What a generated organisation is like; the same wishes give the same organisation, id by id. */
export interface CorpWishes {
  /** Any text; another one gives other ids, names and secrets. */
  seed: string;
  /** 1 to 20,000. */
  members: number;
  /** The root included, 1 to 500. */
  departments: number;
  /** Department ids beyond 2^53, as DingTalk's 64-bit numbers may be. */
  longIds?: boolean;
  /** The root shows the departments -1 and -7 that no API takes. */
  oddDepartments?: boolean;
  /** The first two members share name and mobile. */
  twins?: boolean;
}

const FAMILIES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈";
const GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉建文辉力鹏宇晨阳雪梅欣怡子轩浩然思远嘉宁若曦";
const PLACES = ["华东", "华南", "华北", "华中", "西南", "西北", "东北", "海外"];
const TRADES = ["销售", "市场", "研发", "产品", "财务", "人事", "客服", "采购", "物流", "法务"];
const TITLES = ["专员", "主管", "经理", "店长", "工程师", "分析师", "总监"];
const LONG_IDS_FROM = 9_007_199_254_741_000n;

/** An organisation of any size, in a few milliseconds for each thousand members. The first member is the main administrator. */
export function generateCorp(wishes: CorpWishes): OrganisationSeed {
  const draw = numbersFrom(wishes.seed);
  const hex = (length: number): string => Array.from({ length }, () => draw(16).toString(16)).join("");
  const key = `corp-${hex(6)}`;
  const name = `${PLACES[draw(PLACES.length)]}${TRADES[draw(TRADES.length)]}集团`;
  const departments = departmentsOf(wishes, name, draw);
  return {
    key,
    corpId: `ding${hex(32)}`,
    name,
    nameEn: `Corporation ${wishes.seed}`,
    licenseName: `${name}有限公司`,
    authLevel: 2,
    authorised: false,
    app: {
      name: "Dingboard",
      appKey: `ding${hex(16)}`,
      appSecret: hex(64),
      agentId: 1_000_000_000 + draw(2_000_000_000),
      miniAppId: `50000000${String(draw(100_000_000)).padStart(8, "0")}`,
      permissions: [...ALL_PERMISSIONS],
      ipWhiteList: ["127.0.0.1"],
      contactScope: [ROOT],
    },
    departments,
    members: membersOf(wishes, departments, draw),
    oddDepartments: wishes.oddDepartments ?? false,
    spareAccounts: [],
  };
}

/** Every permission point that the stand-in knows of, by DingTalk's name. */
export const ALL_PERMISSIONS = [
  "qyapi_base",
  "open_app_api_base",
  "Contact.User.Read",
  "Contact.User.mobile",
  "Contact.Org.Read",
  "qyapi_get_member",
  "qyapi_get_member_by_mobile",
  "qyapi_get_department_list",
  "qyapi_get_department_member",
  "fieldMobile",
  "fieldEmail",
] as const;

type Draw = (below: number) => number;

/** Each department hangs on an earlier one, most on a near one: a tree some five levels deep. */
function departmentsOf({ departments: count, longIds }: CorpWishes, rootName: string, draw: Draw): Department[] {
  const ids: Id[] = [ROOT];
  for (let at = 1; at < count; at++)
    ids.push(longIds ? LONG_IDS_FROM + BigInt(at * 1000 + draw(1000)) : 400_000_000 + at * 1000 + draw(1000));
  return ids.map((deptId, at) => {
    if (at === 0) return { deptId, name: rootName, nameEn: "Root", parentId: null };
    const [place, trade] = [PLACES[draw(PLACES.length)], TRADES[draw(TRADES.length)]];
    return {
      deptId,
      name: `${place}${trade}部${at}`,
      nameEn: `Department ${at}`,
      parentId: ids[draw(1 + (at >> 2))] ?? ROOT,
    };
  });
}

function membersOf({ members: count, twins }: CorpWishes, departments: Department[], draw: Draw): Member[] {
  return Array.from({ length: count }, (_, at): Member => {
    const isTwin = twins === true && at === 1;
    const departmentIds = departmentIdsOf(at, departments, draw);
    const userid = `${String(at + 1).padStart(6, "0")}${draw(1e9)}`;
    return {
      userid,
      unionid: `${draw(2 ** 32).toString(36)}${draw(2 ** 32).toString(36)}${at.toString(36)}iEiE`,
      name: twins && at < 2 ? "王伟" : nameOf(draw),
      mobile: mobileOf(isTwin ? 0 : at),
      email: `${userid}@corp.example`,
      jobNumber: `G${String(at + 1).padStart(5, "0")}`,
      title: TITLES[draw(TITLES.length)] ?? "",
      departmentIds,
      leads: draw(20) === 0 ? departmentIds.slice(0, 1) : [],
      admin: at < 2,
      sysLevel: at === 0 ? 1 : at === 1 ? 2 : 0,
      active: draw(25) !== 0 || at === 0,
    };
  });
}

const mobileOf = (at: number): string => `139${String(10_000_000 + at)}`;

/** One member in ten works in a second department; the first in the root. */
function departmentIdsOf(at: number, departments: Department[], draw: Draw): Id[] {
  if (at === 0) return [ROOT];
  const pick = (): Id => departments[draw(departments.length)]?.deptId ?? ROOT;
  const first = pick();
  const second = draw(10) === 0 ? pick() : first;
  return first === second ? [first] : [first, second];
}

function nameOf(draw: Draw): string {
  const given = Array.from({ length: 1 + draw(2) }, () => GIVEN[draw(GIVEN.length)]).join("");
  return `${FAMILIES[draw(FAMILIES.length)]}${given}`;
}

/** Whole numbers that look random and depend on the text alone (FNV-1a, then mulberry32). */
function numbersFrom(text: string): Draw {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
