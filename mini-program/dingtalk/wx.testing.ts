/**
 * What the build does for the bundle (see stand-ins.ts): without this object ECharts takes Node for a server and leaves its
 * tooltip out. It looks when it is loaded, so a test imports this file first.
 */
Object.assign(globalThis, { wx: { getSystemInfoSync: () => ({}) } });

export {};
