import type { ToLogic, ToView } from "../../desk/runtime/protocol";
import type { Opening } from "./first-chart.browser";

/** What it took to get to the first chart. */
export interface Cost {
  requests: number;
  setDataCount: number;
  largestSetData: number;
  setDataBytes: number;
  /** Everything that crossed to the page, first data of pages and components and drawings included. */
  allBytes: number;
  /** The first page is on the screen, without data: what runtime and app need by themselves. */
  firstPageMs: number;
  firstChartMs: number;
}

/** The calls of a mini program that go out as HTTP requests. */
const REQUESTS = new Set(["httpRequest", "uploadFile", "downloadFile"]);

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** Counts what crossed between worker and page. */
export function costOf({ crossings, firstChartMs }: Opening): Cost {
  const heard = crossings.filter(({ to }) => to === "page").map(({ text }) => text);
  const messages = heard.map((text) => ({ text, message: JSON.parse(text) as ToView }));
  const setData = messages.filter(({ message }) => message.type === "data").map(({ text }) => bytesOf(text));
  const rendered = crossings.find(
    ({ to, text }) => to === "worker" && (JSON.parse(text) as ToLogic).type === "pageRendered",
  );
  if (setData.length === 0 || !rendered) throw new Error("A chart was drawn, but neither page nor data was seen.");
  return {
    requests: messages.filter(({ message }) => message.type === "call" && REQUESTS.has(message.name)).length,
    setDataCount: setData.length,
    largestSetData: Math.max(...setData),
    setDataBytes: setData.reduce((sum, bytes) => sum + bytes, 0),
    allBytes: heard.reduce((sum, text) => sum + bytesOf(text), 0),
    firstPageMs: rendered.at,
    firstChartMs,
  };
}
