import type { CompiledApp } from "./compiled";
import type { CanvasProfile } from "./protocol";

/** What the server writes into the phone's document. */
export interface PhoneBoot {
  /** Path under which everything of the phone is served, without a slash at the end. */
  mount: string;
  /** Changes with each compilation. */
  version: string;
  /** Separates what different mini programs store on one phone. */
  appKey: string;
  title: string;
  /** Organisation that the person acts in; null where there is none. */
  corpId: string | null;
  /** The product's origin, where the desk has a PC client for its pages; null elsewhere. */
  product: string | null;
  canvasProfile: CanvasProfile;
  /** The letter of the documents: what programs may get away with on devices throws. */
  strict: boolean;
}

/** The part of a compiled mini program that the page needs. */
export type PageApp = Omit<CompiledApp, "logicScript" | "sjsScript">;
