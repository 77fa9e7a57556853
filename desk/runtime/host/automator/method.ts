import type { JsonObject } from "../../protocol";

/** A method of the automator that the page answers itself. */
export type Method = (params: JsonObject) => JsonObject | Promise<JsonObject>;
export type Methods = Record<string, Method>;
