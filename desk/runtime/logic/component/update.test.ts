import type { JsonObject } from "../../protocol";
import { mark, mount, show, startComponent } from "./fake-component";
import type { FakeView } from "../fake-view";

type Self = Record<string, (...args: unknown[]) => unknown> & {
  data: Record<string, unknown>;
  props: Record<string, never>;
};

describe("didUpdate", () => {
  /** A component that writes down each didUpdate as props and data before and after. */
  function startWatched(): { updates: string[]; view: FakeView } {
    const updates: string[] = [];
    const view = startComponent(
      {
        data: { n: 0 },
        didUpdate(this: Self, prevProps: unknown, prevData: unknown) {
          updates.push(JSON.stringify([prevProps, this.props, prevData, this.data]));
        },
        methods: {
          set(this: Self, event: JsonObject) {
            this["setData"]?.(event, () => updates.push("callback"));
          },
        },
      },
      { save: () => undefined },
    );
    return { updates, view };
  }
  const update = (view: FakeView, props: JsonObject): void =>
    view.receive({ type: "componentUpdate", componentId: "c1", props });

  it("comes after new data is on the screen, before setData's callback", () => {
    const { updates, view } = startWatched();
    show(view, { a: 1 });
    view.event("set", { n: 1 }, "c1");
    expect(updates).toEqual([]);
    view.applyAll();
    expect(updates).toEqual(['[{"a":1},{"a":1},{"n":0},{"n":1}]', "callback"]);
  });

  it("comes with new props", () => {
    const { updates, view } = startWatched();
    show(view, { a: 1 });
    update(view, { a: 2 });
    expect(updates).toEqual(['[{"a":1},{"a":2},{"n":0},{"n":0}]']);
  });

  it("returns to the default of a prop that is no longer given", () => {
    const seen: unknown[] = [];
    const view = startComponent({
      props: { a: "default" },
      didUpdate(this: Self) {
        seen.push(this.props["a"]);
      },
    });
    show(view, { a: "given" });
    update(view, {});
    expect(seen).toEqual(["default"]);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["the same text", { a: "x" }, { a: "x" }],
    ["an equal object", { a: { rows: [{ n: 1 }] } }, { a: { rows: [{ n: 1 }] } }],
    ["the same handler", { onTap: mark("save") }, { onTap: mark("save") }],
  ])("does not come with %s: a component that answers it to its owner would never end", (_what, before, after) => {
    const { updates, view } = startWatched();
    show(view, before);
    update(view, after);
    expect(updates).toEqual([]);
  });

  it("does not come when setData changes nothing", () => {
    const { updates, view } = startWatched();
    show(view);
    view.event("set", { n: 0 }, "c1");
    view.applyAll();
    expect(updates).toEqual(["callback"]);
  });
});

describe("component2", () => {
  const derived = {
    data: { n: 0, doubled: 0 },
    props: { n: 0 },
    onInit(this: Self) {
      this["setData"]?.({ began: true });
    },
    deriveDataFromProps(this: Self, next: { n: number }) {
      if (next.n !== this.data["n"]) this["setData"]?.({ n: next.n, doubled: next.n * 2 });
    },
  };

  it("has its data ready before it is shown: onInit, then deriveDataFromProps", () => {
    const view = startComponent(derived);
    mount(view, { n: 4 });
    expect(view.last("componentReady").data).toEqual({ n: 4, doubled: 8, began: true });
    expect(view.of("data")).toEqual([]);
  });

  it("derives before didUpdate, which then hears of both", () => {
    const updates: unknown[] = [];
    const view = startComponent({
      ...derived,
      didUpdate(this: Self, prevProps: { n: number }, prevData: { doubled: number }) {
        updates.push([prevProps.n, this.props["n"], prevData.doubled, this.data["doubled"]]);
      },
    });
    show(view, { n: 1 });
    view.receive({ type: "componentUpdate", componentId: "c1", props: { n: 5 } });
    expect(updates).toEqual([]);
    view.applyAll();
    expect(updates).toEqual([[1, 5, 2, 10]]);
  });

  it("keeps a setData callback of onInit until the data is on the screen", () => {
    const seen: string[] = [];
    const view = startComponent({
      onInit(this: Self) {
        this["setData"]?.({ a: 1 }, () => seen.push("shown"));
      },
    });
    mount(view);
    expect(seen).toEqual([]);
    view.applyAll();
    expect(seen).toEqual(["shown"]);
  });

  it("is off unless the project says so", () => {
    const view = startComponent(derived, {}, false);
    mount(view, { n: 4 });
    expect(view.last("componentReady").data).toEqual({ n: 0, doubled: 0 });
  });
});
