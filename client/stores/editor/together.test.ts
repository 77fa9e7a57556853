import fc from "fast-check";
import { ReportSpec } from "../../../core/contract/report/report";
import { withoutOverlaps } from "../../../core/report/layout/grid";
import { ApiError } from "../../api/error";
import type { Transport } from "../../api/transport";
import { addFilter, moveFilter, removeFilter } from "./filters";
import { movePage, removePage, renamePage, setHead, setPhone } from "./commands";
import type { EditorStore } from "./editor";
import { FakeDraft, openOn, specOfTwo } from "./editor.testing";
import { duplicatePage } from "./pages";
import { movedOnPhone } from "./phone";

type Deed = (editor: EditorStore) => void;

const field = { name: "region", label: "Region", role: "dimension" as const, type: "string" as const };
const first = ({ page }: EditorStore): string => page?.layout[0]?.element ?? "";
const last = ({ page }: EditorStore): string => page?.layout[page.layout.length - 1]?.element ?? "";

/** What can be done to the cards of the page that is open. */
const CARDS: Deed[] = [
  (editor) => editor.select([first(editor)]),
  (editor) => editor.select([last(editor)]),
  (editor) => editor.select((editor.page?.layout ?? []).map(({ element }) => element)),
  (editor) => editor.nudge(5, 1),
  (editor) => editor.nudge(-3, 4),
  (editor) => editor.resizeBy(3, -1),
  (editor) => editor.duplicate(),
  (editor) => editor.remove(),
  (editor) => editor.open && editor.change(editor.open.id, { ...editor.open.element, title: `${editor.pageId}!` }),
  (editor) => {
    const { page, spec } = editor;
    if (page) editor.run((now) => setPhone(now, page.id, movedOnPhone(page, spec.elements, last(editor), -1)));
  },
];
const HEAD: Deed[] = [
  (editor) => editor.run((spec) => setHead(spec, { title: `${spec.title}+` })),
  (editor) => editor.run((spec) => addFilter(spec, { dataset: "sales", field, others: new Map() }).spec),
  (editor) => editor.run((spec) => moveFilter(spec, "region", 1)),
  (editor) => editor.run((spec) => removeFilter(spec, "region")),
];
const PAGES: Deed[] = [
  (editor) => editor.run((spec) => duplicatePage(spec, editor.pageId, "Twin").spec),
  (editor) => editor.run((spec) => movePage(spec, editor.pageId, 1)),
  (editor) => editor.run((spec) => renamePage(spec, editor.pageId, "Renamed")),
  (editor) => editor.run((spec) => removePage(spec, "page-1")),
];

/** Two pages, each with two cards of its own. */
function specOfPages(): ReportSpec {
  const [main, spec] = [specOfTwo().pages[0], specOfTwo()];
  if (!main) throw new Error("There is no page.");
  const layout = main.layout.map((item) => ({ ...item, element: `${item.element}b` }));
  const twins = Object.entries(spec.elements).map(([id, element]) => [`${id}b`, element]);
  return {
    ...spec,
    pages: [main, { ...main, id: "second", layout }],
    elements: { ...spec.elements, ...(Object.fromEntries(twins) as ReportSpec["elements"]) },
  };
}

/** A connection that loses saves as it is told: on the way there, or the answer on the way back. */
function losing(draft: FakeDraft, losses: ("there" | "back" | null)[]): Transport {
  const left = [...losses];
  const lost = (): never => {
    throw new ApiError("offline", "offline", {});
  };
  return async (request) => {
    const loss = request.method === "POST" && request.path.endsWith("/draft") ? left.shift() : null;
    if (loss === "there") lost();
    const answer = await draft.server.transport(request);
    return loss === "back" ? lost() : answer;
  };
}

function opened(spec: ReportSpec, losses: ("there" | "back" | null)[]) {
  const draft = new FakeDraft(spec);
  const editors = ["client-one", "client-two"].map((client) => openOn(draft, { client, call: losing(draft, losses) }));
  const [one, two] = editors;
  if (!one || !two) throw new Error("Nobody is here.");
  two.editor.selectPage("second");
  const hear = async (): Promise<void> => {
    for (const { editor, rest } of editors) {
      editor.heard({ version: draft.version, people: [] } as never);
      await rest();
    }
  };
  /** Until both have saved and heard of everything. */
  const end = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) {
      for (const { editor, rest } of editors) {
        await editor.sync.flush();
        await rest();
      }
      await hear();
    }
  };
  return { draft, one, two, end, hear };
}

type Step = { who: "one" | "two"; deed: number; rests: boolean; hears: boolean };

const anySteps = fc.array(
  fc.record({
    who: fc.constantFrom("one" as const, "two" as const),
    deed: fc.nat(99),
    rests: fc.boolean(),
    hears: fc.boolean(),
  }),
  { maxLength: 24 },
);
const anyLosses = fc.array(fc.constantFrom("there" as const, "back" as const, null), { maxLength: 12 });

async function play(parties: ReturnType<typeof opened>, steps: Step[], deeds: Record<Step["who"], Deed[]>) {
  for (const { who, deed, rests, hears } of steps) {
    const { editor, rest } = parties[who];
    deeds[who][deed % deeds[who].length]?.(editor);
    if (rests) await rest();
    if (hears) await parties.hear();
  }
  await parties.end();
}

const faults = (spec: ReportSpec): unknown[] =>
  spec.pages.filter(({ layout }) => JSON.stringify(withoutOverlaps(layout)) !== JSON.stringify(layout));

describe("two editors with a connection that loses saves", () => {
  it("come to what one person would have made of both's work, and each undoes all of their own", async () => {
    const deeds = { one: [...CARDS, ...PAGES], two: [...CARDS, ...HEAD] };
    await fc.assert(
      fc.asyncProperty(anySteps, anyLosses, async (steps, losses) => {
        const parties = opened(specOfPages(), losses);
        await play(parties, steps, deeds);
        const reference = opened(specOfPages(), []);
        for (const { who, deed } of steps) deeds[who][deed % deeds[who].length]?.(reference[who].editor);
        await reference.end();

        const { draft, one, two } = parties;
        expect(draft.spec).toEqual(reference.draft.spec);
        expect([one.editor.spec, two.editor.spec]).toEqual([draft.spec, draft.spec]);
        expect([...one.editor.conflicts, ...two.editor.conflicts]).toEqual([]);
        for (const { editor } of [one, two]) while (editor.canUndo) editor.undo();
        await parties.end();
        expect(draft.spec).toEqual(specOfPages());
      }),
      { numRuns: 100 },
    );
  });

  it("agree on a report that is valid and where nothing covers anything, also where both change the same", async () => {
    const all = [...CARDS, ...PAGES, ...HEAD];
    const turns: Deed = (editor) => editor.selectPage(editor.spec.pages[0]?.id ?? "");
    const deeds = { one: [...all, turns], two: [...all, turns] };
    await fc.assert(
      fc.asyncProperty(anySteps, anyLosses, async (steps, losses) => {
        const parties = opened(specOfPages(), losses);
        await play(parties, steps, deeds);
        const { draft, one, two } = parties;
        expect([one.editor.spec, two.editor.spec]).toEqual([draft.spec, draft.spec]);
        expect(ReportSpec.safeParse(draft.spec).success).toBe(true);
        expect(faults(draft.spec)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
