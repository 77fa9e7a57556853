import { createServer, type IncomingMessage } from "node:http";
import { listenOnLoopback } from "../../http/listen";
import { systemRandom } from "../random";
import { type EventKeys, seal, unseal } from "./event-crypto";

/** How the receiver of a test answers a push. */
export type Manner = "success" | "plain text" | "other word" | "wrong receiver" | "error" | "silence";

/** An app's server that hears events over HTTP. */
export interface Receiver {
  url: string;
  keys: EventKeys;
  /** The decrypted bodies, oldest first; null for a request that could not be opened. */
  heard: (Record<string, unknown> | null)[];
  manner: Manner;
  close(): Promise<void>;
}

const TOKEN = "deskToken123";
const AES_KEY = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";

/** Starts one that answers for the app or suite of that key. */
export async function startReceiver(key: string): Promise<Receiver> {
  const keys: EventKeys = { token: TOKEN, aesKey: AES_KEY, receiver: key };
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      receiver.heard.push(openOf(keys, request.url ?? "", body));
      if (receiver.manner === "silence") return;
      response.writeHead(receiver.manner === "error" ? 500 : 200, { "content-type": "application/json" });
      response.end(answerOf(keys, receiver.manner));
    });
  });
  const listening = await listenOnLoopback(server, 0);
  const receiver: Receiver = {
    url: `http://127.0.0.1:${listening.port}/events`,
    keys,
    heard: [],
    manner: "success",
    close: () => {
      server.closeAllConnections();
      return listening.close();
    },
  };
  return receiver;
}

function openOf(keys: EventKeys, path: string, body: string): Record<string, unknown> | null {
  const query = new URL(path, "http://receiver").searchParams;
  const part = (name: string): string => query.get(name) ?? "";
  try {
    const { encrypt } = JSON.parse(body) as { encrypt: string };
    const sealed = { encrypt, signature: part("signature"), timestamp: part("timestamp"), nonce: part("nonce") };
    return JSON.parse(unseal(keys, sealed)) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function answerOf(keys: EventKeys, manner: Manner): string {
  if (manner === "plain text") return "success";
  const used = manner === "wrong receiver" ? { ...keys, receiver: "dingsomebodyelse" } : keys;
  const word = manner === "other word" ? "ok" : "success";
  const { encrypt, signature, timestamp, nonce } = seal(used, word, String(Date.now()), systemRandom);
  return JSON.stringify({ msg_signature: signature, timeStamp: timestamp, nonce, encrypt });
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
