import { startProgram, type FakeView, type Given } from "../fake-view";

/** A program whose `dd` the test holds in its hand. */
export function startDd(boot: Parameters<typeof startProgram>[1] = {}): { dd: Given["dd"]; view: FakeView } {
  let held: Given["dd"] = {};
  const view = startProgram(
    {
      "/pages/a/a": ({ Page, dd }) => {
        held = dd;
        Page({});
      },
    },
    boot,
  );
  return { dd: held, view };
}

/** Callbacks that write down what they are told. */
export function callbacks(): { heard: unknown[][]; success: unknown; fail: unknown; complete: unknown } {
  const heard: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      heard.push([name, ...args]);
  return { heard, success: note("success"), fail: note("fail"), complete: note("complete") };
}
