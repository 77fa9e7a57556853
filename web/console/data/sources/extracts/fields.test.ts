import { ExtractName } from "../../../../../core/contract/source/extract";
import type { ExtractItem } from "../../../../../client/api/extract";
import { fieldsOf, proposedName, settingsOf, zones, type ExtractFields } from "./fields";

const propose = (name: string, taken: string[] = []): string => proposedName({ schema: "sales", name }, taken);

describe("the name that an extract is proposed", () => {
  it.each([
    ["orders", "orders"],
    ["Order Items (2026)", "order_items_2026"],
    ["_hidden", "hidden"],
    ["订单", "extract"],
    ["x".repeat(80), "x".repeat(63)],
  ])("for %s is %s", (table, name) => {
    expect(propose(table)).toBe(name);
    expect(ExtractName.safeParse(name).success).toBe(true);
  });

  it("is one that no other extract has", () => {
    expect(propose("orders", ["orders", "orders_2"])).toBe("orders_3");
    const long = "x".repeat(63);
    const second = propose(long, [long]);
    expect([second, ExtractName.safeParse(second).success]).toEqual([`${"x".repeat(61)}_2`, true]);
  });
});

describe("an extract's form", () => {
  it.each([
    [null, { kind: "manual" }],
    [["b", "a"], { kind: "every", minutes: 15 }],
    [null, { kind: "daily", at: "23:05", timeZone: "Europe/Berlin" }],
    [["a"], { kind: "weekly", weekday: 7, at: "00:00", timeZone: "Asia/Shanghai" }],
  ] as const)("says again what the extract says: %j %j", (columns, schedule) => {
    const table = { schema: "sales", name: "or.ders" };
    const extract = { name: "orders", table, columns, schedule } as unknown as ExtractItem;
    expect(settingsOf(fieldsOf(extract) as ExtractFields)).toEqual({ table, columns, schedule });
  });

  it("offers the zone that an extract has, whatever the browser lists", () => {
    expect(zones("Asia/Calcutta")[0]).toBe("Asia/Calcutta");
    expect(zones()).toEqual(expect.arrayContaining(["Asia/Shanghai", "UTC", "Europe/Berlin"]));
    expect(new Set(zones("UTC")).size).toBe(zones("UTC").length);
  });
});
