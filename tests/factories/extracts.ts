import type { Extract } from "../../core/contract/source/extract";
import { request, type Answer, type Ask } from "./client";
import { within } from "./within";

const LONG_MS = 90_000;

/** Works with extracts as an editor would, at one server. */
export function extractDesk(url: string, who: Pick<Ask, "token" | "cookie">) {
  const ask = <T = Extract>(method: string, path: string, body?: object): Promise<Answer<T>> =>
    request<T>(url, method, `/api/extracts${path}`, { ...who, body });

  const find = async (id: string): Promise<Extract> => {
    const { body } = await ask<{ extracts: Extract[] }>("GET", "");
    const found = body.extracts.find((each) => each.id === id);
    if (!found) throw new Error(`The extract is not listed: ${JSON.stringify(body)}`);
    return found;
  };

  return {
    ask,
    find,
    /** The extract once it is so. */
    when: async (id: string, isSo: (extract: Extract) => boolean): Promise<Extract> => {
      let found = await find(id);
      const there = await within(LONG_MS, async () => isSo((found = await find(id))));
      if (!there) throw new Error(`The extract is not as it should be: ${JSON.stringify(found)}`);
      return found;
    },
    /** What a new run came to. `change`: other settings, with which a run begins. */
    runAgain: async (id: string, change?: object): Promise<Extract> => {
      const before = (await find(id)).runs[0]?.queuedAt;
      const asked = await ask("POST", change ? `/${id}` : `/${id}/run`, change);
      if (asked.status !== 200) throw new Error(`The run was not begun: ${JSON.stringify(asked.body)}`);
      let found = asked.body;
      const ended = await within(LONG_MS, async () => {
        found = await find(id);
        return found.runs[0]?.queuedAt !== before && found.runs[0]?.finishedAt !== null;
      });
      if (!ended) throw new Error(`The run did not end: ${JSON.stringify(found.runs)}`);
      return found;
    },
  };
}

export const isDone = ({ runs }: Extract): boolean => runs[0]?.state === "done";
