import type { BridgeReply } from "../bridge";
import type { Json, JsonObject } from "../protocol";
import { ClientFailure } from "./failure";

/** Asks the process that serves the phone; throws what `fail` gets. */
export async function askDesk(
  mount: string,
  name: "relay" | "bridge",
  body: JsonObject,
  signal?: AbortSignal,
): Promise<Json> {
  const response = await fetch(`${mount}/__host/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  }).catch(() => null);
  if (!response?.ok)
    throw new ClientFailure({ error: 12, errorMessage: "The desk that serves this phone does not answer." });
  const reply = (await response.json()) as BridgeReply;
  if (!reply.ok) throw new ClientFailure(reply.value);
  return reply.value;
}

/** Asks DingTalk itself for a JSAPI's answer. */
export async function askDingTalk(mount: string, name: string, args: JsonObject, who: string | null): Promise<Json> {
  const reply = await askDesk(mount, "bridge", { name, args, who });
  // One native method has two names for its result: authCode in a mini program, code on a web page.
  const isCode = reply && typeof reply === "object" && !Array.isArray(reply) && "code" in reply;
  return isCode ? { ...reply, authCode: reply["code"] ?? null } : reply;
}
