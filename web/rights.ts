import type { Me } from "../core/contract/session/session";

/** Who runs an enterprise, or the instance. */
export const administers = (me: Me): boolean => me.instanceOwner || me.role === "administrator";

/** Whose work the data of their enterprise is: editors and administrators. */
export const worksWithData = (me: Me): boolean => me.enterprise !== null && (administers(me) || me.role === "editor");
