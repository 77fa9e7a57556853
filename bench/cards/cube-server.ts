import { createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";

/** What of Cube is used; its types are not among our packages. */
interface CubeCore {
  CubejsServerCore: new (options: object) => { initApp(app: RequestListener): Promise<void> };
}

const MODEL = `cube("flights", {
  sql: "SELECT * FROM flights",
  measures: {
    count: { type: "count" },
    delay: { sql: "delay", type: "avg" },
    miles: { sql: "distance", type: "sum" },
  },
  dimensions: {
    origin: { sql: "origin", type: "string" },
    destination: { sql: "destination", type: "string" },
    route: { sql: "origin || ' → ' || destination", type: "string" },
    distance: { sql: "distance", type: "number" },
    date: { sql: "(date - INTERVAL '1 minute')", type: "time" },
  },
});`;

/** Cube over the flights in PostgreSQL, in a process of its own: tells its parent the port. */
async function main(): Promise<void> {
  const [folder = "", url = ""] = process.argv.slice(2);
  const load = createRequire(join(folder, "package.json"));
  const { CubejsServerCore } = load("@cubejs-backend/server-core") as CubeCore;
  const app = (load("express") as () => RequestListener)();
  const { host, port, user, password, database } = new pg.Client({ connectionString: url });
  const core = new CubejsServerCore({
    apiSecret: "bench",
    checkAuth: () => undefined,
    telemetry: false,
    devServer: false,
    scheduledRefreshTimer: false,
    cacheAndQueueDriver: "memory",
    logger: () => undefined,
    dbType: () => "postgres",
    driverFactory: () => ({ type: "postgres", host, port, user, password, database }),
    repositoryFactory: () => ({
      dataSchemaFiles: () => Promise.resolve([{ fileName: "flights.js", content: MODEL }]),
    }),
  });
  await core.initApp(app);
  const server = createServer(app).listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.once("disconnect", () => process.exit());
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
