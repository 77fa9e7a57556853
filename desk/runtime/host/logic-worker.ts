import type { ToLogic, ToView } from "../protocol";

/** The worker that runs the mini program's logic. */
export interface LogicWorker {
  send(message: ToLogic): void;
  stop(): void;
}

/** Starts it. Messages are JSON strings both ways: nothing else crosses. */
export function startWorker(
  url: string,
  heard: (message: ToView) => void,
  failed: (message: string, stack: string) => void,
): LogicWorker {
  const worker = new Worker(url);
  worker.addEventListener("message", (event: MessageEvent<string>) => heard(JSON.parse(event.data) as ToView));
  worker.addEventListener("error", (event) =>
    failed(event.message, `${event.filename}:${event.lineno}:${event.colno}`),
  );
  return {
    send: (message) => worker.postMessage(JSON.stringify(message)),
    stop: () => worker.terminate(),
  };
}
