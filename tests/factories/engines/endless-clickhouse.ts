import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Secret } from "../../../server/secret";
import type { Connection } from "../../../server/analytics/source/driver";

/** What speaks ClickHouse's HTTP as far as a copy of a table needs it, and sends rows of each table without end. */
export async function startEndlessClickhouse() {
  const rowsOf = new Set<string>();
  const killed: string[] = [];
  const server = createServer((incoming, response) => {
    const id = new URL(incoming.url ?? "", "http://loopback").searchParams.get("query_id") ?? "";
    const answer = (sql: string): void => {
      const kill = /^KILL QUERY WHERE query_id = '([^']*)'/.exec(sql)?.[1];
      if (kill !== undefined) {
        killed.push(kill);
        response.end();
      } else if (sql.includes("system.columns")) {
        response.end('["name","type"]\n["String","String"]\n["n","Int64"]\n');
      } else if (sql.includes("FROM")) {
        rowsOf.add(id);
        response.write('["n"]\n["Int64"]\n');
        const sending = setInterval(() => response.write('["1"]\n'), 20);
        response.once("close", () => clearInterval(sending));
        response.once("close", () => rowsOf.delete(id));
      } else {
        response.end('["1"]\n["UInt8"]\n[1]\n');
      }
    };
    text(incoming).then(answer, () => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    /** Ids of the statements whose rows are on their way. */
    sending: (): string[] => [...rowsOf],
    /** Ids of the statements that it was told to end. */
    killed,
    connection: (): Connection => ({
      kind: "clickhouse",
      host: "127.0.0.1",
      port,
      database: "default",
      user: "reader",
      password: new Secret("unused"),
      tls: "off",
      ca: null,
    }),
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
