import { toApiError } from "../client/api/error";
import { me } from "../client/api/session";
import { queryString, type ApiRequest, type Transport } from "../client/api/transport";
import type { ReportView } from "../core/contract/report/report";
import type { Me } from "../core/contract/session/session";
import { firstViewOf } from "../core/report/question/first-view";

/** Nobody is signed in. */
const NOBODY = ["signed_out", "session_ended"];

type View = ReportView & { me?: Me };

/** A report's first answer, asked for before the page that shows it is there. It tells who is signed in, too. */
export class EarlyView {
  private asked: { address: string; reply: Promise<View> } | null = null;

  constructor(private readonly transport: Transport) {}

  /** Asks for what a page of ours shows first; does nothing for pages that are no reports. `page`: path and query. */
  ask(page: string): void {
    const address = firstViewOf(page);
    if (address === null) return;
    const reply = this.transport({ method: "GET", path: address }) as Promise<View>;
    const asked = { address, reply };
    this.asked = asked;
    reply.catch((thrown: unknown) => {
      // Kept, it would be told to whoever signs in later, or tries again.
      if (this.asked === asked && toApiError(thrown).code !== "report_not_found") this.asked = null;
    });
  }

  /** Who is signed in. Fails as `GET /api/me` does. */
  async me(): Promise<Me> {
    const { asked } = this;
    try {
      const view = await asked?.reply;
      if (view?.me) return view.me;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (NOBODY.includes(error.code)) throw error;
    }
    return me(this.transport);
  }

  /** The transport, which answers the report page's first question, once, with what was asked for already. */
  readonly call: Transport = (request) => this.take(request) ?? this.transport(request);

  private take(request: ApiRequest): Promise<View> | null {
    const { asked } = this;
    const address = request.path + queryString({ with: "me", ...request.query });
    if (asked === null || request.method !== "GET" || address !== asked.address) return null;
    this.asked = null;
    return asked.reply;
  }
}
