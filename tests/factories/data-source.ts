import { randomUUID } from "node:crypto";
import type { DataSource } from "../../core/contract/source/data-source";
import type { Connection } from "../../server/analytics/source/driver";
import { request, type Ask } from "./client";

/** What a data source's form holds. */
export function settingsOf({ password, ...settings }: Connection, changes: object = {}) {
  const name = `warehouse ${randomUUID().slice(0, 8)}`;
  return { ...settings, name, password: password.reveal(), ...changes };
}

/** Connects a data source as an editor would. */
export async function connectSource(
  url: string,
  who: Pick<Ask, "token" | "cookie">,
  connection: Connection,
): Promise<DataSource["id"]> {
  const body = settingsOf(connection);
  const made = await request<DataSource>(url, "POST", "/api/data-sources", { ...who, body });
  if (made.status !== 200) throw new Error(`The source was not connected: ${JSON.stringify(made.body)}`);
  return made.body.id;
}
