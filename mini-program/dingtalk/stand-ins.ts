/**
 * Names that libraries expect and DingTalk does not give. The build puts these in their place in every file of the bundle.
 */

/** MobX keeps its state on `globalThis`, which DingTalk reserves. */
export const dingboardGlobal: Record<string, unknown> = {};

/** ECharts takes an engine without `window` for a server and leaves its tooltip out, unless this object is there. */
export const dingboardClient = { getSystemInfoSync: (): unknown => dd.getSystemInfoSync() };
