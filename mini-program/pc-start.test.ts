import { autorun } from "mobx";
import { ApiError } from "../client/api/error";
import { LanguageStore } from "../client/stores/language";
import { PcStart } from "./pc-start";

const storage = { get: () => Promise.resolve(null), set: () => Promise.resolve(), remove: () => Promise.resolve() };

function startPc(changes: { corpId?: string | null; fail?: ApiError } = {}) {
  const codes: string[] = [];
  const world = { fail: changes.fail };
  const pc = new PcStart({
    publicUrl: "https://bi.example.com/",
    corpId: () => (changes.corpId === undefined ? "dingdemo" : changes.corpId),
    getAuthCode: (corpId) => {
      if (world.fail) return Promise.reject(world.fail);
      codes.push(corpId);
      return Promise.resolve(`code/${codes.length}`);
    },
    language: new LanguageStore({ storage, system: "en" }),
  });
  return { pc, codes, world };
}

it("shows the web page with the auth code in the fragment, where no server sees it", async () => {
  const { pc, codes } = startPc();
  expect(pc.view("/").kind).toBe("starting");

  await pc.open("/");

  expect(pc.view("/")).toEqual({ kind: "web", src: "https://bi.example.com/pc?corpId=dingdemo#code=code%2F1" });
  expect(codes).toEqual(["dingdemo"]);
});

it("keeps the report that it was opened for", async () => {
  const { pc } = startPc();

  await pc.open("/r/sales");

  expect(pc.view("/r/sales")).toEqual({
    kind: "web",
    src: "https://bi.example.com/pc?corpId=dingdemo&target=%2Fr%2Fsales#code=code%2F1",
  });
});

it("loads a page that is shown already not a second time: that would be a second launch", async () => {
  const { pc, codes } = startPc();
  await pc.open("/");

  await pc.open("/");

  expect(codes).toHaveLength(1);
});

it("tells a page that learns its own path only as it opens", async () => {
  const { pc } = startPc();
  const shown: string[] = [];
  let path = "/r/";
  const stop = autorun(() => void shown.push(pc.view(path).kind));
  path = "/r/sales";

  await pc.open(path);

  stop();
  expect(shown.at(-1)).toBe("web");
});

it("says why it cannot sign in, and tries again on demand", async () => {
  const { pc, world } = startPc({ fail: new ApiError("corp_not_authorised", "1002") });
  await pc.open("/");
  expect(pc.view("/")).toMatchObject({ kind: "failed", code: "corp_not_authorised", action: "Try again" });

  world.fail = undefined;
  await pc.open("/");

  expect(pc.view("/").kind).toBe("web");
});

it("says that it knows no enterprise", async () => {
  const { pc } = startPc({ corpId: null });

  await pc.open("/");

  expect(pc.view("/")).toMatchObject({ kind: "failed", code: "corp_unknown" });
});
