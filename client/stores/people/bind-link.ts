import { makeAutoObservable, observableRef, runInAction } from "mobx";
import type { ApiError } from "../../api/error";
import { toApiError } from "../../api/error";
import { bindLinkState, createBindLink, type BindLink, type BindLinkState } from "../../api/personal";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";

const ASK_EVERY_MS = 2_000;

/** A one-time link that binds a phone's DingTalk account, watched until the phone has answered. */
export class BindLinkStore {
  url: string | null = null;
  link: BindLinkState | null = null;
  error: ApiError | null = null;
  private cancel: () => void = () => undefined;
  private turn = 0;

  constructor(private readonly parts: { call: Caller; later: Later; enterpriseId: string; bound: () => void }) {
    makeAutoObservable<this, "parts" | "cancel" | "turn">(this, {
      link: observableRef,
      parts: false,
      cancel: false,
      turn: false,
    });
  }

  /** Makes a link; an earlier one is no longer watched. */
  async create(): Promise<void> {
    this.cancel();
    const turn = ++this.turn;
    await this.ask(turn, async () => {
      const made: BindLink = await createBindLink(this.parts.call, this.parts.enterpriseId);
      return { link: made, url: made.url };
    });
  }

  /** Nothing is asked any more. */
  dispose(): void {
    this.turn += 1;
    this.cancel();
  }

  private async ask(turn: number, read: () => Promise<{ link: BindLinkState; url?: string }>): Promise<void> {
    try {
      const { link, url } = await read();
      if (turn !== this.turn) return;
      runInAction(() => {
        this.link = link;
        this.url = url ?? this.url;
        this.error = null;
      });
    } catch (thrown) {
      if (turn === this.turn) runInAction(() => (this.error = toApiError(thrown)));
    }
    this.follow(turn);
  }

  private follow(turn: number): void {
    const { link } = this;
    if (turn !== this.turn || !link) return;
    if (link.state === "bound") this.parts.bound();
    if (link.state !== "waiting" && link.state !== "opened") return;
    const read = async (): Promise<{ link: BindLinkState }> => ({
      link: await bindLinkState(this.parts.call, link.id),
    });
    this.cancel = this.parts.later(() => void this.ask(turn, read), ASK_EVERY_MS);
  }
}
