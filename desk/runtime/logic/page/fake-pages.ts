import { startProgram, type FakeView, type Given, type Program } from "../fake-view";

const HOOKS = [
  "onLoad",
  "onShow",
  "onReady",
  "onHide",
  "onUnload",
  "onPullDownRefresh",
  "onReachBottom",
  "onTitleClick",
];

/** A page that writes into the diary which life-cycle methods ran, with their argument, and has `go` call any `dd` function. */
export function diaryPage(diary: string[], name: string) {
  return ({ Page, dd }: Given): void => {
    const page: Record<string, unknown> = {
      go: ({ api, ...options }: { api: string }) =>
        dd[api]?.({
          ...options,
          success: () => diary.push("success"),
          fail: ({ errorMessage }: { errorMessage: string }) => diary.push(`fail ${errorMessage}`),
        }),
    };
    for (const hook of HOOKS) {
      page[hook] = (argument?: unknown) =>
        diary.push(`${name}.${hook}${argument === undefined ? "" : ` ${JSON.stringify(argument)}`}`);
    }
    Page(page);
  };
}

/** Pages a to g, of which home and me are tabs. */
export function startDiary(): {
  diary: string[];
  view: FakeView;
  go: (api: string, options?: object) => Promise<string[]>;
} {
  const diary: string[] = [];
  const program: Program = {
    "/app": ({ App }) => App({ onShow: () => diary.push("app.onShow"), onHide: () => diary.push("app.onHide") }),
  };
  for (const name of ["home", "me", "a", "b", "c", "d", "e"])
    program[`/pages/${name}/${name}`] = diaryPage(diary, name);
  const items = ["home", "me"].map((name) => ({ pagePath: `pages/${name}/${name}`, name }));
  const view = startProgram(program, { info: { tabBar: { items } } });
  return {
    diary,
    view,
    async go(api, options = {}) {
      diary.length = 0;
      view.event("go", { api, ...options } as never);
      await view.settle();
      return [...diary];
    },
  };
}
