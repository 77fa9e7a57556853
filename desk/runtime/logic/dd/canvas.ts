import type { CanvasGradient, CanvasProfile, Json, ToView } from "../../protocol";
import { cloneJson } from "../json";
import { type Api, type ApiParts, type Apis, readOptions } from "./api";
import { type CanvasMembers, CLIENT, CLIENT_PROPERTIES, DOCUMENTED_METHODS, RECORDED } from "./canvas-methods";
import { estimateWidth } from "./text-width";

/** What a canvas needs besides. */
export interface CanvasParts extends ApiParts {
  send(message: ToView): void;
  pageId(): string | null;
  profile: CanvasProfile;
}

/** Calls since the last `draw()`; gradients in them are cloned when they are drawn, since stops may follow their use. */
type Recorded = unknown[][];

/**
 * `dd.createCanvasContext(canvasId)`: records, and sends what it recorded at `draw()`.
 * https://open.dingtalk.com/document/development/create-a-canvas
 */
export function createCanvasContext(parts: CanvasParts): Api {
  return (given) => {
    if (typeof given !== "string" || given === "")
      throw new TypeError("dd.createCanvasContext takes the id of a canvas");
    const recorded: Recorded = [];
    const context: Apis = {
      ...recorders(recorded, DOCUMENTED_METHODS),
      ...gradients(),
      ...clientCalls(parts, given),
      draw: (reserve, callback) => drawRecorded(parts, given, recorded.splice(0), reserve === true, callback),
    };
    if (parts.profile === "documented") return watchAssignments(context, parts);
    const members = parts.profile === "client" ? CLIENT : RECORDED;
    return addClientSide(context, recorded, members);
  };
}

function recorders(recorded: Recorded, names: readonly string[]): Apis {
  const methods: Apis = {};
  for (const name of names) methods[name] = (...args) => void recorded.push([name, ...args]);
  return methods;
}

function gradients(): Apis {
  const make =
    (kind: CanvasGradient["gradient"]): Api =>
    (...args) => {
      const gradient: CanvasGradient = { gradient: kind, args: args.map(Number), stops: [] };
      const addColorStop = (stop: unknown, color: unknown): void => {
        gradient.stops.push([Number(stop), String(color)]);
      };
      return { ...gradient, addColorStop, toJSON: () => gradient };
    };
  return { createLinearGradient: make("linear"), createCircularGradient: make("circular") };
}

function drawRecorded(
  parts: CanvasParts,
  canvasId: string,
  recorded: Recorded,
  reserve: boolean,
  callback: unknown,
): void {
  const pageId = parts.pageId();
  if (pageId === null) throw new Error(`Canvas ${canvasId}: no page is open`);
  const actions = recorded.map((action) => cloneJson(action, `canvas ${canvasId}, ${String(action[0])}`) as Json[]);
  const callId = parts.calls.expect((ok, value) => {
    if (!ok) parts.guard.report(new Error(`Canvas ${canvasId}: draw failed: ${JSON.stringify(value)}`));
    if (typeof callback === "function") parts.updates.batch(() => parts.guard.run(() => void callback()));
  });
  parts.updates.flush();
  parts.send({ type: "canvasDraw", pageId, canvasId, actions, reserve, callId });
}

/** What reads or writes pixels is a call of its own, named after the canvas: `canvasToTempFilePath` and so on. */
function clientCalls(parts: CanvasParts, canvasId: string): Apis {
  const ask = (name: string, given: unknown, answer: (value: Json) => unknown): void => {
    const options = readOptions(parts, name, given);
    const args = { ...options.args, canvasId };
    parts.calls.ask(name, args, (ok, value) => options.settle(ok, ok ? answer(value) : value));
  };
  return {
    toTempFilePath: (given) => ask("canvasToTempFilePath", given, (value) => value),
    getImageData: (given) => ask("canvasGetImageData", given, withBytes),
    putImageData: (given) => {
      const { data, ...rest } = given as { data?: ArrayLike<number> };
      ask("canvasPutImageData", { ...rest, data: Array.from(data ?? []) }, (value) => value);
    },
  };
}

/** Bytes cross as a list of numbers; the mini program gets a Uint8ClampedArray. */
function withBytes(value: Json): unknown {
  const image = value as { data?: number[] };
  return { ...image, data: Uint8ClampedArray.from(image.data ?? []) };
}

function addClientSide(context: Apis, recorded: Recorded, members: CanvasMembers): unknown {
  Object.assign(context, recorders(recorded, members.methods));
  const values: Record<string, unknown> = { font: "10px sans-serif" };
  for (const [property, method] of Object.entries(members.properties)) {
    Object.defineProperty(context, property, {
      // Chart adapters put setters of their own over these, and ran on devices.
      configurable: true,
      enumerable: true,
      get: () => values[property],
      set(value: unknown) {
        values[property] = value;
        recorded.push([method ?? property, value]);
      },
    });
  }
  const setFontSize = context["setFontSize"];
  context["setFontSize"] = (size) => {
    values["font"] = `${Number(size)}px sans-serif`;
    setFontSize?.(size);
  };
  if (members.measures)
    context["measureText"] = (text) => ({ width: estimateWidth(String(text), fontSizeOf(String(values["font"]))) });
  return context;
}

const fontSizeOf = (font: string): number => Number(/([\d.]+)px/.exec(font)?.[1] ?? 10);

/** With the documented methods only, assigning a property draws nothing: say so, since the device would not. */
function watchAssignments(context: Apis, parts: ApiParts): unknown {
  const told = new Set<string>();
  return new Proxy(context, {
    set(target, name, value: Api) {
      if (typeof name === "string" && name in CLIENT_PROPERTIES && !told.has(name)) {
        told.add(name);
        parts.warn(`Canvas: assigning ${name} does nothing in DingTalk's documented canvas; call a method instead`);
      }
      return Reflect.set(target, name, value);
    },
  });
}
