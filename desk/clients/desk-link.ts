import type { ControlInput, ControlName, ControlReplies } from "../open-platform/control/contract";
import type { DeskState } from "./state";

/** Hears the desk's state until the returned function is called. `lost` is told while the desk does not answer. */
export function followDesk(heard: (state: DeskState) => void, lost: (isLost: boolean) => void): () => void {
  const source = new EventSource("/desk/state");
  source.onmessage = (event: MessageEvent<string>) => {
    lost(false);
    heard(JSON.parse(event.data) as DeskState);
  };
  source.onerror = () => lost(true);
  return () => source.close();
}

/** Works one of the desk's controls and gives its answer. Rejects with the desk's own words. */
export async function askDesk<Name extends ControlName>(
  name: Name,
  body: ControlInput<Name>,
): Promise<ControlReplies[Name]> {
  const response = await fetch(`/desk/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as ControlReplies[Name] & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The desk refused ${name}: ${response.status}`);
  return answer;
}
