import type { LaunchState, PcOpening } from "../../../core/contract/session/launch";
import { getPcOpening } from "../../database/enterprise/enterprise";
import { isKeptInside, removeKeptInside, saveKeptInside } from "../../database/session/kept-inside";
import type { Db } from "../../database/tables";
import type { Session } from "../access/signed-in";

export type Launches = ReturnType<typeof createLaunches>;

/** What is known before the app opens on PC. A device is named by the session, or by a cookie where that knows none. */
export function createLaunches({ db, now }: { db: Db; now: () => number }) {
  const state = async ({ userId, enterpriseId }: Session, deviceId: string): Promise<LaunchState> => {
    const opening: PcOpening = enterpriseId === null ? "workbench" : await getPcOpening(db, enterpriseId);
    return { opening, keptInside: await isKeptInside(db, { userId, deviceId }) };
  };
  return {
    state,

    /** Remembers for this person and device whether DingTalk keeps all pages inside. */
    learn: async (session: Session, deviceId: string, keptInside: boolean): Promise<LaunchState> => {
      const person = { userId: session.userId, deviceId };
      if (keptInside) await saveKeptInside(db, person, new Date(now()));
      else await removeKeptInside(db, person);
      return state(session, deviceId);
    },
  };
}
