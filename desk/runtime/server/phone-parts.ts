import type { PhoneOptions } from "../bridge";

/** What the process adds to the phone's own options. */
export interface PhoneParts extends PhoneOptions {
  /** Path under which the phone is served, e.g. `/phone`; its document is `/phone/?who=&page=&query=&lang=&platform=`. */
  mount: string;
  /** Folder `desk/runtime` of this repository: the browser bundle and the worker are built from it. */
  runtime: string;
  /** Hears compile faults and refused requests, one line each. */
  log: (line: string) => void;
}
