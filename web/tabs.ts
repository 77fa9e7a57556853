const CHANNEL = "dingboard-arrived-inside";

/** Tells this browser's other pages of ours that a hand-off arrived inside DingTalk. */
export function tellArrivedInside(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(true);
  channel.close();
}

/** Hears `tellArrivedInside`; what it answers stops listening. */
export function onArrivedInside(run: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = run;
  return () => channel.close();
}
