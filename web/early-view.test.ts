import { ApiError } from "../client/api/error";
import { viewReport } from "../client/api/report";
import type { ApiRequest } from "../client/api/transport";
import { EarlyView } from "./early-view";

const lin = { user: { name: "Lin" }, enterprise: null };

function earlyWith(answers: Record<string, unknown>): { early: EarlyView; asked: string[] } {
  const asked: string[] = [];
  const early = new EarlyView(({ method, path, query }: ApiRequest) => {
    asked.push(`${method} ${path}${query ? ` ${JSON.stringify(query)}` : ""}`);
    const answer = answers[path];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return { early, asked };
}

const ADDRESS = "/api/reports/r1/view?with=me";
const ASKED = "/api/reports/r1/view";

it("opens a report with one request, and asks again only when it is asked again", async () => {
  const { early, asked } = earlyWith({ [ADDRESS]: { id: "r1", me: lin }, [ASKED]: { id: "r1", again: true } });
  early.ask("/r/r1?page=second");

  expect(await early.me()).toBe(lin);
  expect(await viewReport(early.call, "r1")).toMatchObject({ id: "r1", me: lin });
  expect(asked).toEqual([`GET ${ADDRESS}`]);
  expect(await viewReport(early.call, "r1")).toMatchObject({ again: true });
});

it("carries the question of the link", async () => {
  const link = '{"filters":{"中 & b":null}}';
  const address = `${ADDRESS}&question=${encodeURIComponent(link)}`;
  const { early, asked } = earlyWith({ [address]: { me: lin } });
  early.ask(`/r/r1?q=${encodeURIComponent(link)}`);
  await viewReport(early.call, "r1", link);

  expect(asked).toEqual([`GET ${address}`]);
});

it("gives an answer to no other report", async () => {
  const { early, asked } = earlyWith({ [ADDRESS]: { me: lin } });
  early.ask("/r/r1");
  await viewReport(early.call, "r2");

  expect(asked).toEqual([`GET ${ADDRESS}`, "GET /api/reports/r2/view"]);
});

it("does not keep what somebody else was refused", async () => {
  const { early, asked } = earlyWith({ [ADDRESS]: new ApiError("signed_out", ""), [ASKED]: { id: "r1" } });
  early.ask("/r/r1");

  await expect(early.me()).rejects.toMatchObject({ code: "signed_out" });
  expect(await viewReport(early.call, "r1")).toMatchObject({ id: "r1" });
  expect(asked).toEqual([`GET ${ADDRESS}`, `GET ${ASKED}`]);
});

it("keeps no refusal for whoever signs in before the page has asked who is there", async () => {
  const { early } = earlyWith({ [ADDRESS]: new ApiError("signed_out", ""), [ASKED]: { id: "r1" } });
  early.ask("/r/r1");
  await new Promise(setImmediate);

  expect(await viewReport(early.call, "r1")).toEqual({ id: "r1" });
});

it.each([
  ["a report that is not there", "report_not_found", "report_not_found"],
  ["a server in trouble, which the report's page may ask again", "unavailable", null],
] as const)("knows the person in spite of %s", async (_case, code, kept) => {
  const { early } = earlyWith({ [ADDRESS]: new ApiError(code, ""), "/api/me": lin, [ASKED]: { id: "r1" } });
  early.ask("/r/r1");

  expect(await early.me()).toBe(lin);
  if (kept) await expect(viewReport(early.call, "r1")).rejects.toMatchObject({ code: kept });
  else expect(await viewReport(early.call, "r1")).toEqual({ id: "r1" });
});

it("asks who is signed in where no report is shown", async () => {
  const { early, asked } = earlyWith({ "/api/me": lin });
  early.ask("/");

  expect(await early.me()).toBe(lin);
  expect(asked).toEqual(["GET /api/me"]);
});
