import type { ControlInput, ControlName } from "../open-platform/control-contract";
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

/** Works one of the desk's switches. */
export async function askDesk<Name extends ControlName>(name: Name, body: ControlInput<Name>): Promise<void> {
  const response = await fetch(`/desk/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The desk refused ${name}: ${response.status}`);
}
