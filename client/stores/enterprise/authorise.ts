import { makeAutoObservable, observableRef, observableShallow, runInAction } from "mobx";
import type { Edition, EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import { authoriseEnterprise, verifyEnterprise, type AppInput, type Verified } from "../../api/enterprise";
import type { ApiError } from "../../api/error";
import { toApiError } from "../../api/error";
import type { Caller } from "../../api/transport";
import type { Storage } from "../storage";

export type AuthoriseStep = "activate" | "corp" | "sync";

/** What is typed. The secrets are held in memory only. */
export interface AuthoriseFields {
  kind: "internal_app" | "suite";
  corpId: string;
  clientId: string;
  clientSecret: string;
  agentId: string;
  miniAppId: string;
  edition: Edition;
  eventToken: string;
  eventAesKey: string;
}

const EMPTY: AuthoriseFields = {
  kind: "internal_app",
  corpId: "",
  clientId: "",
  clientSecret: "",
  agentId: "",
  miniAppId: "",
  edition: "standard",
  eventToken: "",
  eventAesKey: "",
};
const KEPT: (keyof AuthoriseFields)[] = ["kind", "corpId", "clientId", "agentId", "miniAppId", "edition"];
const KEY = "authorise";

/** Adding an authorisation, step by step; closing the dialog by mistake loses nothing, not even after a reload. */
export class AuthoriseStore {
  step: AuthoriseStep = "activate";
  fields: AuthoriseFields = { ...EMPTY };
  verified: Verified | null = null;
  enterprise: EnterpriseCard | null = null;
  error: ApiError | null = null;
  busy: "verify" | "authorise" | null = null;

  constructor(private readonly parts: { call: Caller; storage: Storage }) {
    makeAutoObservable<this, "parts">(this, {
      fields: observableShallow,
      verified: observableRef,
      enterprise: observableRef,
      parts: false,
    });
  }

  /** Takes up what was typed before a reload. */
  async restore(): Promise<void> {
    const kept = parse(await this.parts.storage.get(KEY));
    runInAction(() => Object.assign(this.fields, kept));
  }

  /** What was verified holds only for what was typed then. */
  change(fields: Partial<AuthoriseFields>): void {
    Object.assign(this.fields, fields);
    const proven = Object.keys(fields).some((name) => !["edition", "eventToken", "eventAesKey"].includes(name));
    if (proven) this.verified = null;
    this.error = null;
    const kept = Object.fromEntries(KEPT.map((name) => [name, this.fields[name]]));
    void this.parts.storage.set(KEY, JSON.stringify(kept));
  }

  go(step: "activate" | "corp"): void {
    this.step = step;
  }

  /** Whether everything that verifying needs is typed. */
  get complete(): boolean {
    const { kind, corpId, clientId, clientSecret } = this.fields;
    const needed = kind === "suite" ? [corpId] : [corpId, clientId, clientSecret];
    return needed.every((text) => text.trim() !== "");
  }

  /** Whether DingTalk has vouched for what is typed, and it is not here already. */
  get mayAuthorise(): boolean {
    return this.verified?.result === "verified" && this.verified.known !== "authorised";
  }

  /** Asks DingTalk. Pressed twice, it asks once. */
  async verify(): Promise<void> {
    if (this.busy || !this.complete) return;
    const asked = this.input;
    await this.run("verify", async () => {
      const verified = await verifyEnterprise(this.parts.call, asked);
      runInAction(() => {
        // Typed on meanwhile: the answer is about something else.
        if (JSON.stringify(asked) === JSON.stringify(this.input)) this.verified = verified;
      });
    });
  }

  /** Authorises what was verified; the first synchronisation begins by itself. */
  async authorise(): Promise<void> {
    if (this.busy || !this.mayAuthorise) return;
    const { edition, eventToken: token, eventAesKey: aesKey } = this.fields;
    const events = token.trim() !== "" && aesKey.trim() !== "" ? { events: { token, aesKey } } : {};
    await this.run("authorise", async () => {
      const enterprise = await authoriseEnterprise(this.parts.call, { ...this.input, edition, ...events });
      runInAction(() => {
        this.enterprise = enterprise;
        this.step = "sync";
      });
    });
  }

  /** Begins anew, for the next enterprise. */
  async reset(): Promise<void> {
    this.step = "activate";
    this.fields = { ...EMPTY };
    this.verified = null;
    this.enterprise = null;
    this.error = null;
    await this.parts.storage.remove(KEY);
  }

  private get input(): AppInput {
    const { kind, corpId, clientId, clientSecret, agentId, miniAppId } = this.fields;
    if (kind === "suite") return { corpId, app: { kind } };
    return { corpId, app: { kind, clientId, clientSecret, agentId, miniAppId } };
  }

  private async run(what: "verify" | "authorise", work: () => Promise<void>): Promise<void> {
    this.busy = what;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      runInAction(() => (this.error = toApiError(thrown)));
    } finally {
      runInAction(() => (this.busy = null));
    }
  }
}

/** Storage is anybody's: only texts under known names are taken. */
function parse(text: string | null): Partial<AuthoriseFields> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    const known = Object.entries(value).filter(
      ([name, kept]) => KEPT.some((k) => k === name) && typeof kept === "string",
    );
    return Object.fromEntries(known);
  } catch {
    return {};
  }
}
