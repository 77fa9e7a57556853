import type { Json } from "../../protocol";
import { callbacks, startDd } from "./fake-dd";

describe("storage", () => {
  it("keeps what was kept before, and tells the client of each change", async () => {
    const { dd, view } = startDd({ boot: { storage: { city: { name: "杭州" } } } });
    expect(dd["getStorageSync"]?.({ key: "city" })).toEqual({ data: { name: "杭州" } });
    expect(dd["getStorageSync"]?.({ key: "none" })).toEqual({ data: null });

    const { heard, ...calls } = callbacks();
    dd["setStorageSync"]?.({ key: "a", data: { n: 1 } });
    dd["setStorage"]?.({ key: "b", data: "text", ...calls });
    dd["getStorage"]?.({ key: "a", success: (value: Json) => heard.push(["read", value]) });
    await view.settle();
    expect(heard).toEqual([["read", { data: { n: 1 } }]]);
    view.answer("setStorage", true, {});
    expect(heard.slice(1)).toEqual([
      ["success", {}],
      ["complete", {}],
    ]);
    dd["removeStorageSync"]?.({ key: "b" });
    expect(dd["getStorageInfoSync"]?.()).toEqual({ keys: ["city", "a"], currentSize: 1, limitSize: 10240 });
    dd["clearStorageSync"]?.();
    expect(dd["getStorageInfoSync"]?.()).toEqual({ keys: [], currentSize: 0, limitSize: 10240 });
    expect(view.of("call").map(({ name }) => name)).toEqual([
      "setStorage",
      "setStorage",
      "removeStorage",
      "clearStorage",
    ]);
  });

  it("does not hand out or keep the given object itself", () => {
    const { dd } = startDd();
    const data = { list: [1] };
    dd["setStorageSync"]?.({ key: "a", data });
    data.list.push(2);
    const read = dd["getStorageSync"]?.({ key: "a" }) as { data: { list: number[] } };
    read.data.list.push(3);
    expect(dd["getStorageSync"]?.({ key: "a" })).toEqual({ data: { list: [1] } });
  });

  it("takes 200*1024 characters for a value and not one more", async () => {
    const { dd, view } = startDd();
    dd["setStorageSync"]?.({ key: "a", data: "x".repeat(200 * 1024) });
    expect(() => dd["setStorageSync"]?.({ key: "a", data: "x".repeat(200 * 1024 + 1) })).toThrow("at most 204800");

    const { heard, ...calls } = callbacks();
    dd["setStorage"]?.({ key: "b", data: "x".repeat(200 * 1024 + 1), ...calls });
    await view.settle();
    expect(heard[0]).toEqual([
      "fail",
      { error: 2, errorMessage: "dd.setStorage: b has 204801 characters, at most 204800" },
    ]);
    expect(dd["getStorageSync"]?.({ key: "b" })).toEqual({ data: null });
  });

  it("takes 10 MB in all, and a value in the place of another counts once", () => {
    const { dd } = startDd();
    const data = "x".repeat(200 * 1024 - 8);
    for (let n = 0; n < 51; n++) dd["setStorageSync"]?.({ key: `key-${n}`, data });
    expect(() => dd["setStorageSync"]?.({ key: "key-more", data })).toThrow("storage is full (10 MB)");
    dd["setStorageSync"]?.({ key: "key-50", data });
    expect((dd["getStorageInfoSync"]?.() as { keys: string[] }).keys).toHaveLength(51);
  });

  it("wants a key", () => {
    expect(() => startDd().dd["setStorageSync"]?.({ data: 1 })).toThrow("takes an object with a key");
  });
});
