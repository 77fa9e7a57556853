import { setMaxListeners } from "node:events";
import { AppError } from "../errors";
import type { Context, Next } from "./state";

/** Ends a request that takes too long, and tells whoever works for it to stop, also when the client is gone. */
export function timeOut(ms: number) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const end = new RequestEnd();
    ctx.state.signal = () => end.signal;
    const gone = (): void => {
      if (!ctx.res.writableFinished) end.now(new AppError("timeout", "The client is gone."));
    };
    ctx.res.once("close", gone);
    let timer: NodeJS.Timeout | undefined;
    try {
      // What still fails once the time is up has nobody to tell: a promise is settled once.
      await new Promise((resolve, reject) => {
        timer = setTimeout(() => {
          const error = new AppError("timeout", "This took too long. Please try again.");
          end.now(error);
          reject(error);
        }, ms);
        next().then(resolve, reject);
      });
    } finally {
      clearTimeout(timer);
      ctx.res.off("close", gone);
    }
  };
}

/** A signal that is made for whoever asks for it: most requests are answered before anybody could wait. */
class RequestEnd {
  private controller: AbortController | undefined;
  private reason: AppError | undefined;

  get signal(): AbortSignal {
    if (this.controller) return this.controller.signal;
    this.controller = new AbortController();
    // Every card of a report listens for the end of its request; Node warns of a leak at eleven.
    setMaxListeners(0, this.controller.signal);
    if (this.reason) this.controller.abort(this.reason);
    return this.controller.signal;
  }

  now(reason: AppError): void {
    this.reason ??= reason;
    this.controller?.abort(this.reason);
  }
}
