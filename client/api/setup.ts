import type { z } from "zod";
import type { Me, setupRoutes } from "../../core/contract/session/session";
import type { Caller } from "./transport";

/** Whether the first administrator is still to be made. */
export async function setupState(call: Caller): Promise<{ open: boolean }> {
  return (await call({ method: "GET", path: "/api/setup" })) as { open: boolean };
}

/** Makes the first administrator and signs in by cookie. */
export async function createOwner(
  call: Caller,
  body: z.input<NonNullable<(typeof setupRoutes)["createOwner"]["body"]>>,
): Promise<Me> {
  return (await call({ method: "POST", path: "/api/setup", body })) as Me;
}
