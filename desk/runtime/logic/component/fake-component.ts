import type { JsonObject } from "../../protocol";
import { startProgram, type FakeView, type Given } from "../fake-view";

interface Mounting {
  id?: string;
  owner?: string;
  ref?: string;
  inside?: string;
}

/** A page with one component; `page` is what the page gives to Page(). */
export function startComponent(component: object, page: object = {}, component2 = true): FakeView {
  const path = "/components/c/c";
  return startProgram(
    { "/pages/a/a": ({ Page }: Given) => Page(page), [path]: ({ Component }: Given) => Component(component) },
    { info: { components: [{ path, component2 }] } },
  );
}

/** As the view does when it meets one: c1 of the page, unless told otherwise. */
export function mount(view: FakeView, props: JsonObject = {}, more: Mounting = {}): void {
  const componentId = more.id ?? "c1";
  view.receive({
    ...{ type: "componentMount", pageId: "1", componentId, path: "/components/c/c", props },
    owner: more.owner ?? null,
    ref: more.ref ?? null,
    inside: more.inside ?? null,
  });
}

/** Mounts and draws it. */
export function show(view: FakeView, props: JsonObject = {}, more: Mounting = {}): void {
  mount(view, props, more);
  view.receive({ type: "componentRendered", componentId: more.id ?? "c1" });
}

/** A function prop, as the view sends it. */
export const mark = (handler: string, owner: string | null = null): JsonObject => ({
  $handler: handler,
  $owner: owner,
});
