import { builders, type BuiltUser } from "../tests/factories/build";
import { request } from "../tests/factories/client";
import {
  operationsIn,
  requestsOf,
  Sender,
  type FuzzAnswer,
  type FuzzRequest,
  type Operation,
} from "../tests/factories/fuzz/request";
import type { Known } from "../tests/factories/fuzz/value";
import { offices } from "../tests/factories/office";
import { startWorld, type World } from "../tests/factories/world";

/** `npm run fuzz -- --minutes N` goes on with other seeds for so long. */
const MINUTES = Number(process.env["FUZZ_MINUTES"] ?? 0);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_201);
const A_ROUTE = 200;
const AT_ONCE = 8;

jest.setTimeout((MINUTES + 5) * 60_000);

/** What anybody who is signed in may do; all else asks for more than a viewer. */
const VIEWERS = /^\/api\/(me|session|hand-off|launch|setup|reports|folders|openapi\.json)(\/|$)/;

const KINDS = ["nobody", "viewer", "editor", "administrator", "stranger"] as const;
type Kind = (typeof KINDS)[number];

let world: World;
let build: ReturnType<typeof builders>;
let sender: Sender;

beforeAll(async () => {
  world = await startWorld({ logLevel: "silent" });
  build = builders(world);
  sender = new Sender(world.server.url);
});
afterAll(async () => {
  sender.close();
  await world.stop();
});

/** Five kinds of person, and what exists in the first enterprise. */
async function makePeople() {
  const viewer = await build.buildUser();
  const { enterprise } = viewer;
  const users: Record<Exclude<Kind, "nobody">, BuiltUser> = {
    viewer,
    editor: await build.buildUser({ enterprise, role: "editor" }),
    administrator: await build.buildUser({ enterprise, role: "administrator" }),
    stranger: await build.buildUser({ role: "administrator" }),
  };
  // Who is changed is somebody else, or a viewer would soon be an administrator.
  const bystander = await build.buildUser({ enterprise });
  const report = await build.buildReport(enterprise);
  const member = await offices(world, build).addMember(enterprise);
  const named = new Map<string, readonly string[]>([
    ["enterpriseId", [enterprise.id]],
    ["reportId", [report]],
    ["memberId", [member.id]],
    ["userId", [bystander.id]],
    ["elementId", ["total", "ranking", "constructor"]],
    ["datasetName", ["sales"]],
    ["dataset", ["sales"]],
    ["field", ["region", "day"]],
    ["corpId", [enterprise.corpId]],
    ["login", [bystander.login]],
  ]);
  const names = ["sales.csv", "amount", "main", "constructor", "toString"];
  const known: Known = { named, all: [...[...named.values()].flat(), ...names] };
  const own: string[] = [enterprise.id, report, member.id, bystander.id];
  const tokens = { nobody: null as string | null, viewer: "", editor: "", administrator: "", stranger: "" };
  const renew = async (): Promise<boolean> => {
    for (const kind of KINDS) {
      if (kind === "nobody") continue;
      const me =
        tokens[kind] === "" ? 0 : (await request(world.server.url, "GET", "/api/me", { token: tokens[kind] })).status;
      if (me === 200) continue;
      const { status, body } = await build.signIn(users[kind]);
      if (status !== 200) return false;
      tokens[kind] = body.tokens.accessToken;
    }
    return true;
  };
  return { own, known, tokens, renew };
}

/** Who has done what only others may do; null where nobody has. */
const TRESPASSES: readonly [
  what: string,
  is: (kind: Kind, operation: Operation, path: string, own: readonly string[]) => boolean,
][] = [
  ["signed out", (kind) => kind === "nobody"],
  ["no owner", (_kind, operation) => operation["x-access"] === "owner"],
  ["a viewer", (kind, operation) => kind === "viewer" && !VIEWERS.test(operation.path)],
  ["a stranger", (kind, _operation, path, own) => kind === "stranger" && own.some((id) => path.includes(id))],
];

/** What is wrong with an answer; null where nothing is. */
function faultOf(
  kind: Kind,
  operation: Operation,
  { path }: FuzzRequest,
  answer: FuzzAnswer,
  own: readonly string[],
): string | null {
  if (answer.status === 500 || answer.code === "internal") return `500 ${answer.code}`;
  if (answer.status >= 300 || answer.code !== undefined || operation["x-access"] === "open") return null;
  const where = path.split("?")[0] ?? "";
  const trespass = TRESPASSES.find(([, is]) => is(kind, operation, where, own));
  return trespass ? `done for somebody who is ${trespass[0]}` : null;
}

async function run(seed: number): Promise<{ asked: number; faults: string[] }> {
  const document = await request(world.server.url, "GET", "/api/openapi.json");
  let people = await makePeople();
  const faults = new Map<string, string>();
  let asked = 0;
  for (const operation of operationsIn(document.body)) {
    if (!(await people.renew())) {
      people = await makePeople();
      await people.renew();
    }
    const requests = requestsOf(operation, people.known, seed, A_ROUTE);
    const one = async (index: number): Promise<void> => {
      for (let at = index; at < requests.length; at += AT_ONCE) {
        const wanted = requests[at] as FuzzRequest;
        const kind = KINDS[at % KINDS.length] as Kind;
        const answer = await sender.ask(operation.method, wanted, people.tokens[kind]);
        asked += 1;
        const fault = faultOf(kind, operation, wanted, answer, people.own);
        const key = `${operation.method} ${operation.path} (${kind}): ${fault}`;
        const body = wanted.body?.toString().slice(0, 300) ?? "";
        if (fault !== null && !faults.has(key))
          faults.set(
            key,
            `${key}\n  ${wanted.path} ${JSON.stringify(wanted.headers)} ${body}\n  ${answer.text.slice(0, 200)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => one(index)));
  }
  return { asked, faults: [...faults.values()] };
}

describe("requests that nearly fit", () => {
  it("never fail inside, and nobody gets what is not theirs", async () => {
    const deadline = Date.now() + MINUTES * 60_000;
    let seed = SEED;
    do {
      const { asked, faults } = await run(seed);
      expect(faults).toEqual([]);
      expect(asked).toBeGreaterThan(90 * A_ROUTE);
      seed += 1;
    } while (Date.now() < deadline);
  });
});
