import type { Role } from "../../../core/contract/session/session";

/** Every role of an enterprise, the mightiest first. */
export const ROLES: Role[] = ["administrator", "editor", "viewer"];
