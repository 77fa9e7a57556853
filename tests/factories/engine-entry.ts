/** The engine's entry, as this run's set-up bundled it: to load the sources would cost each of its processes a second. */
export function engineEntry(): string {
  const entry = process.env["TEST_ENGINE_ENTRY"];
  if (!entry) throw new Error("TEST_ENGINE_ENTRY is not set: run this file with jest's project `server`.");
  return entry;
}
