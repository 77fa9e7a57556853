import { CorpId } from "../../core/contract/id";
import type { ReportList } from "../../core/contract/report";
import { builders } from "../../tests/factories/build";
import { request } from "../../tests/factories/client";
import { startWorld, type World } from "../../tests/factories/world";

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

describe("signing in with DingTalk", () => {
  it("lets a bound member in, who then gets the list of reports", async () => {
    const user = await build.buildUser({ role: "administrator" });
    const reportId = await build.buildReport(user.enterprise);

    const answer = await build.signIn(user);

    expect(answer.status).toBe(200);
    expect(answer.body.me.user.login).toBe(user.login);
    expect(answer.body.me.enterprise?.corpId).toBe(CorpId.parse(user.enterprise.corpId));
    const list = await request<ReportList>(world.server.url, "GET", "/api/reports", {
      token: answer.body.tokens.accessToken,
    });
    expect(list.body.reports.map((report) => report.id)).toEqual([reportId]);
    expect(list.body.total).toBe(1);
  });
});
