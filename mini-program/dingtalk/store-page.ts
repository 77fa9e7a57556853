import { reaction } from "mobx";
import { batches, changesBetween } from "./setdata";

type Plain = Record<string, unknown>;

/** What a page is made of: a store, the plain data to show of it, and what the person can do to it. */
export interface StorePage<Store> {
  createStore: (query: Record<string, string>) => Store;
  /** Everything that the page's template needs. */
  view: (store: Store) => object;
  open?: (store: Store, query: Record<string, string>) => void;
  /** Each time the page comes to the front. */
  shown?: (store: Store) => void;
  /** Pulling down; the spinner stays until it is done. */
  refresh?: (store: Store) => Promise<void>;
  dispose?: (store: Store) => void;
  share?: (store: Store) => { title: string; path: string; desc?: string };
  /** By name as in the template; a component's `on…` prop passes what it calls with. */
  handlers?: Record<string, (store: Store, argument: never) => void>;
}

interface Life<Store> {
  store: Store;
  stop: () => void;
}

type Instance = Pick<DingTalk.PageInstance<Plain>, "setData">;

/** Shows a view in a page and keeps it up to date: at most once a task, only what changed, in pieces that DingTalk carries. */
export function showView(page: Instance, view: () => object): () => void {
  let shown: Plain = {};
  let latest: Plain = {};
  let opened = false;
  let waiting = false;
  let stopped = false;
  const flush = (): void => {
    waiting = false;
    if (stopped) return;
    const changes = batches(changesBetween(shown, latest));
    shown = latest;
    for (const change of changes) page.setData(change);
  };
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    void Promise.resolve().then(flush);
  };
  const stop = reaction(
    () => view() as Plain,
    (next) => {
      latest = next;
      if (opened) later();
      else flush();
      opened = true;
    },
    { fireImmediately: true },
  );
  return () => {
    stopped = true;
    stop();
  };
}

/** The options that `Page` is called with. A page's store lives from onLoad to onUnload. */
export function pageOptions<Store>(spec: StorePage<Store>): DingTalk.PageEvents & Plain {
  const lives = new WeakMap<object, Life<Store>>();
  const storeOf = (page: object): Store | undefined => lives.get(page)?.store;
  const options: DingTalk.PageEvents & ThisType<Instance> = {
    onLoad(query) {
      const store = spec.createStore(query);
      lives.set(this, { store, stop: showView(this, () => spec.view(store)) });
      spec.open?.(store, query);
    },
    onShow() {
      const store = storeOf(this);
      if (store !== undefined) spec.shown?.(store);
    },
    onUnload() {
      const life = lives.get(this);
      if (!life) return;
      lives.delete(this);
      life.stop();
      spec.dispose?.(life.store);
    },
    onPullDownRefresh() {
      const store = storeOf(this);
      const done = (): void => dd.stopPullDownRefresh();
      if (store === undefined || !spec.refresh) done();
      else void spec.refresh(store).then(done, done);
    },
  };
  const { share } = spec;
  const sharing: DingTalk.PageEvents & ThisType<Instance> = {
    onShareAppMessage() {
      const store = storeOf(this);
      return store !== undefined && share ? share(store) : { title: "", path: "" };
    },
  };
  const handlers: Plain = {};
  for (const [name, handle] of Object.entries(spec.handlers ?? {})) {
    handlers[name] = function (this: object, argument: unknown) {
      const store = storeOf(this);
      if (store !== undefined) handle(store, argument as never);
    };
  }
  return { data: {}, ...options, ...(share ? sharing : {}), ...handlers };
}

/** Declares a page that shows a store. */
export function storePage<Store>(spec: StorePage<Store>): void {
  Page(pageOptions(spec));
}
