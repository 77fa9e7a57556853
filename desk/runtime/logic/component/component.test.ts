import { mark, mount, show, startComponent } from "./fake-component";
import { startProgram } from "../fake-view";

type Self = Record<string, (...args: unknown[]) => unknown> & {
  data: Record<string, unknown>;
  props: Record<string, never>;
};

describe("a component", () => {
  it("starts with its data and with what was given laid over its default props", () => {
    const view = startComponent({ data: { n: 0 }, props: { title: "none", unit: "元", onTap: () => undefined } });
    mount(view, { title: "Sales", class: "wide" });

    const props = { title: "Sales", unit: "元", className: "wide" };
    expect(view.last("componentReady")).toEqual({ type: "componentReady", componentId: "c1", data: { n: 0 }, props });
  });

  it("knows its path, id and page", () => {
    const seen: unknown[] = [];
    const view = startComponent(
      {
        didMount(this: Self) {
          seen.push(this["is"], this["$id"], (this["$page"] as unknown as { route: string }).route);
        },
      },
      {},
    );
    show(view);
    expect(seen).toEqual(["/components/c/c", "c1", "pages/a/a"]);
  });

  it("does not share its first data with other instances", () => {
    const view = startComponent({
      data: { list: [] },
      methods: {
        add(this: Self) {
          (this.data["list"] as number[]).push(1);
        },
      },
    });
    mount(view);
    view.event("add", {}, "c1");
    mount(view, {}, { id: "c2" });
    expect(view.last("componentReady").data).toEqual({ list: [] });
  });

  it("hands values and events to its owner's method, unchanged, and gets the result", () => {
    const heard: unknown[] = [];
    const view = startComponent(
      {
        methods: {
          tell(this: { props: { onChange(...args: unknown[]): unknown } }, event: { detail: unknown }) {
            heard.push(this.props.onChange(event.detail, 2));
          },
        },
      },
      { save: (...args: unknown[]) => `saved ${JSON.stringify(args)}` },
    );
    mount(view, { onChange: mark("save") });
    view.event("tell", { detail: { value: 1 } }, "c1");
    expect(heard).toEqual(['saved [{"value":1},2]']);
    expect(view.last("componentReady").props).toEqual({ onChange: mark("save") });
  });

  it("may be owned by another component", () => {
    const heard: unknown[] = [];
    const view = startComponent({
      methods: {
        inner: (value: unknown) => heard.push(value),
        tell(this: { props: { onPick?(value: unknown): void } }) {
          this.props.onPick?.("picked");
        },
      },
    });
    mount(view);
    mount(view, { onPick: mark("inner", "c1") }, { id: "c2", owner: "c1" });
    view.event("tell", {}, "c2");
    expect(heard).toEqual(["picked"]);
  });

  it("whose owner misses the handler fails loudly; an empty handler is none", () => {
    const view = startComponent({
      props: { onChange: () => undefined },
      methods: {
        tell(this: { props: { onChange(): void } }) {
          this.props.onChange();
        },
      },
    });
    mount(view, { onChange: mark("gone") });
    mount(view, { onChange: mark("") }, { id: "c2" });
    view.event("tell", {}, "c1");
    view.event("tell", {}, "c2");
    view.event("none", {}, "c1");
    expect(view.of("exception").map(({ message }) => message)).toEqual([
      'Error: pages/a/a has no handler "gone"',
      'Error: /components/c/c has no handler "none"',
    ]);
  });

  it("is handed to the owner's ref method before didMount", () => {
    const diary: string[] = [];
    const view = startComponent(
      { didMount: () => diary.push("didMount"), methods: { hello: () => "hello" } },
      { saveRef: (instance: { hello(): string }) => diary.push(`ref ${instance.hello()}`) },
    );
    show(view, {}, { ref: "saveRef" });
    expect(diary).toEqual(["ref hello", "didMount"]);
  });

  it("has its didMount after those of its content, also of what its user put into its slot", () => {
    const diary: unknown[] = [];
    const view = startComponent({
      didMount(this: Self) {
        diary.push(this["$id"]);
      },
    });
    mount(view, {}, { id: "outer" });
    mount(view, {}, { id: "sibling" });
    mount(view, {}, { id: "in-slot", inside: "outer" });
    mount(view, {}, { id: "in-template", owner: "in-slot" });
    mount(view, {}, { id: "gone", inside: "outer" });
    for (const componentId of ["outer", "sibling", "in-slot", "in-template"]) {
      view.receive({ type: "componentRendered", componentId });
    }
    view.receive({ type: "componentUnmount", componentId: "gone" });
    expect(diary).toEqual(["sibling", "in-template", "in-slot", "outer"]);
  });

  it("sends its own changes under its id", () => {
    const view = startComponent({
      data: { list: [1] },
      didMount(this: Self) {
        this["setData"]?.({ "a.b": 1 });
        this["$spliceData"]?.({ list: [0, 1] });
      },
    });
    show(view);
    expect(view.last("data")).toEqual({
      ...{ type: "data", pageId: "1", componentId: "c1", seq: 1 },
      patches: [
        { path: ["a", "b"], value: 1 },
        { path: ["list"], splice: [0, 1] },
      ],
    });
  });

  it("that fails tells dd.onComponentError what, where and who", () => {
    const heard: unknown[] = [];
    const view = startProgram({
      "/pages/a/a": ({ Page, dd }) =>
        Page({
          onLoad: () =>
            dd["onComponentError"]?.((...args: unknown[]) =>
              heard.push(String(args[0]), args[1], (args[2] as Self)["is"]),
            ),
        }),
      "/components/c/c": ({ Component }) =>
        Component({
          methods: {
            bad() {
              throw new Error("component error");
            },
          },
        }),
    });
    mount(view);
    view.event("bad", {}, "c1");
    expect(heard).toEqual(["Error: component error", "bad", "/components/c/c"]);
  });

  it("that was never registered is told, and the page goes on without it", () => {
    const view = startProgram({ "/pages/a/a": ({ Page }) => Page({}), "/components/c/c": () => undefined });
    mount(view, { a: 1 });
    expect(view.last("exception").message).toBe("Error: /components/c/c.js did not call Component()");
    expect(view.last("componentReady").props).toEqual({ a: 1 });
  });
});

describe("mixins", () => {
  it("add props, data and methods, and run their life-cycle methods first", () => {
    const diary: string[] = [];
    const view = startComponent({
      mixins: [
        {
          data: { y: 2 },
          didMount: () => diary.push("mixin.didMount"),
          didUnmount: () => diary.push("mixin.didUnmount"),
        },
        { props: { a: 3 }, methods: { hello: () => diary.push("hello") } },
      ],
      data: { x: 1 },
      didMount: () => diary.push("didMount"),
      didUnmount: () => diary.push("didUnmount"),
    });
    show(view);
    view.event("hello", {}, "c1");
    view.receive({ type: "componentUnmount", componentId: "c1" });
    expect(view.last("componentReady")).toMatchObject({ data: { x: 1, y: 2 }, props: { a: 3 } });
    expect(diary).toEqual(["mixin.didMount", "didMount", "hello", "mixin.didUnmount", "didUnmount"]);
  });

  it("may not define the same field twice", () => {
    const view = startComponent({ mixins: [{ methods: { a() {} } }, { methods: { a() {} } }] });
    expect(view.last("exception").message).toBe("Error: Two mixins define methods.a");
  });
});

describe("didUnmount", () => {
  it("comes once for each component of a page that closes, and later changes reach nobody", async () => {
    const gone: unknown[] = [];
    const late: Self[] = [];
    const view = startProgram({
      "/pages/a/a": ({ Page, dd }) => Page({ go: () => dd["redirectTo"]?.({ url: "/pages/b/b" }) }),
      "/pages/b/b": ({ Page }) => Page({}),
      "/components/c/c": ({ Component }) =>
        Component({
          didMount(this: Self) {
            late.push(this);
          },
          didUnmount(this: Self) {
            gone.push(this["$id"]);
          },
        }),
    });
    show(view);
    show(view, {}, { id: "c2" });
    view.event("go");
    await view.settle();
    view.receive({ type: "componentUnmount", componentId: "c1" });
    for (const component of late) component["setData"]?.({ a: 1 });

    expect(gone).toEqual(["c1", "c2"]);
    expect(view.of("data")).toEqual([]);
  });
});
