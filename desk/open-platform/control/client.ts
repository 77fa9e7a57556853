import { CONTROL, type ControlInput, type ControlName, type ControlReplies } from "./contract";

/** The control interface as functions, for tests: `await control.mintCode({ corpId, userid })`. Rejects with its text. */
export type ControlClient = { [Name in ControlName]: (body: ControlInput<Name>) => Promise<ControlReplies[Name]> };

/** A client for the control interface at that port of 127.0.0.1, with the token that the desk printed. */
export function createControlClient(port: number, token: string): ControlClient {
  const names = Object.keys(CONTROL) as ControlName[];
  const client = Object.fromEntries(names.map((name) => [name, (body: object) => post(port, token, name, body)]));
  return client as ControlClient;
}

async function post(port: number, token: string, name: ControlName, body: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${CONTROL[name].path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-desk-token": token },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(`${name}: ${answer.error ?? response.status}`);
  return answer;
}
