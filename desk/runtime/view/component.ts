import { Component, createContext, h } from "preact";
import type { ComponentChildren } from "preact";
import type { CompiledComponent, TemplateNode } from "../compiled";
import type { JsonObject } from "../protocol";
import type { Scope } from "./expression";
import type { ComponentHandle, Frame, SlotContent } from "./node";
import { isFunctionProp } from "./node";

/** What the user of a custom component hands to it; the two functions come along to keep the imports acyclic. */
export interface MiniComponentProps {
  tag: string;
  path: string;
  values: JsonObject;
  slots: Record<string, SlotContent>;
  outer: Frame;
  instanceRef: string | null;
  draw(nodes: readonly TemplateNode[], scope: Scope, frame: Frame): ComponentChildren[];
  scopeOf(frame: Frame, names: Readonly<Record<string, unknown>>, outer: Scope | null): Scope;
}

/** The component around, in the drawn tree: also for what is in its slots. The logic mounts from the inside out. */
const Around = createContext<MiniComponent | null>(null);

function sameValue(left: unknown, right: unknown): boolean {
  if (isFunctionProp(left) && isFunctionProp(right)) {
    return left.$handler === right.$handler && left.$owner === right.$owner;
  }
  return Object.is(left, right);
}

/** Equal name by name: what decides whether an instance hears of an update. */
export function sameProps(left: JsonObject, right: JsonObject): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => sameValue(left[name], right[name]));
}

/**
 * A custom component's place in a page. The instance lives in the logic; here are its latest data and props and what its
 * template makes of them. It shows nothing until the logic has made the instance.
 */
export class MiniComponent extends Component<MiniComponentProps> {
  static override contextType = Around;
  private readonly componentId: string;
  private readonly compiled: CompiledComponent;
  private readonly frame: Frame;
  private data: JsonObject | null = null;
  /** Default values of props, known once the instance is there. */
  private defaults: JsonObject = {};
  private drawn = false;
  private shown = false;
  private gone = false;

  constructor(props: MiniComponentProps, context: MiniComponent | null) {
    super(props, context);
    const { page } = props.outer;
    const compiled = page.options.app.components[props.path];
    if (!compiled) throw new Error(`There is no component ${props.path} (<${props.tag}>).`);
    this.compiled = compiled;
    this.componentId = page.nextComponentId();
    this.frame = {
      page,
      owner: this.componentId,
      outer: props.outer,
      path: props.path,
      template: compiled.template,
      slots: props.slots,
    };
    page.components.set(this.componentId, this.handle());
    page.send({
      type: "componentMount",
      pageId: page.pageId,
      componentId: this.componentId,
      path: props.path,
      owner: props.outer.owner,
      props: props.values,
      ref: props.instanceRef || null,
      inside: context instanceof MiniComponent ? context.componentId : null,
    });
  }

  private handle(): ComponentHandle {
    return {
      componentId: this.componentId,
      tag: this.props.tag,
      path: this.props.path,
      frame: this.frame,
      ready: (data, props) => this.ready(data, props),
      update: (change) => this.update(change),
      isReady: () => this.shown,
    };
  }

  private readonly redraw = (): void => {
    if (!this.gone) this.forceUpdate();
  };

  private ready(data: JsonObject, props: JsonObject): void {
    this.data = data;
    this.defaults = props;
    this.frame.page.schedule.draw(this.redraw);
  }

  private update(change: (data: JsonObject) => JsonObject): void {
    this.data = change(this.data ?? {});
    this.frame.page.schedule.draw(this.redraw);
  }

  override shouldComponentUpdate(next: MiniComponentProps): boolean {
    const changed = !sameProps(this.props.values, next.values);
    if (changed) {
      const { page } = this.frame;
      page.send({ type: "componentUpdate", componentId: this.componentId, props: next.values });
    }
    // Slot content reads its owner's data, which this component cannot compare.
    return changed || Object.keys(next.slots).length > 0;
  }

  override componentDidUpdate(): void {
    if (!this.data || this.drawn) return;
    this.drawn = true;
    this.frame.page.schedule.afterPaint(() => {
      this.shown = true;
      this.frame.page.send({ type: "componentRendered", componentId: this.componentId });
    });
  }

  override componentWillUnmount(): void {
    const { page } = this.frame;
    this.gone = true;
    page.components.delete(this.componentId);
    page.send({ type: "componentUnmount", componentId: this.componentId });
  }

  override render(): ComponentChildren {
    if (!this.data) return null;
    const { values, slots, draw, scopeOf } = this.props;
    this.frame.slots = slots;
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    // `{{$slots.footer}}`: whether its user hands content to that slot; the default one is "$default".
    const $slots = Object.fromEntries(Object.keys(slots).map((name) => [name || "$default", true]));
    const names = { $id: this.componentId, $slots, ...this.defaults, ...given };
    const props: Scope = { names, outer: null };
    const nodes = draw(this.compiled.template.nodes, scopeOf(this.frame, this.data, props), this.frame);
    return h(Around.Provider, { value: this }, nodes);
  }
}
