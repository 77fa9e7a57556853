import fc from "fast-check";
import type { ReportSpec } from "../../../core/contract/report/report";
import { refuses } from "../server.testing";
import { addPage, movePage, removePage, renamePage, setHead, setPhone } from "./commands";
import type { EditorStore } from "./editor";
import { FakeDraft, openOn, specOfTwo } from "./editor.testing";

const titled = (title: string) => (spec: ReportSpec) => setHead(spec, { title });
const cards = ({ page }: EditorStore): string[] => (page?.layout ?? []).map(({ element }) => element);

describe("an editor", () => {
  it("saves by itself, soon after a change and once for several", async () => {
    const draft = new FakeDraft();
    const { editor, rest } = openOn(draft);
    editor.run(titled("A"));
    editor.run(titled("AB"));
    expect(editor.sync.state).toBe("unsaved");
    await rest();
    expect([draft.spec.title, draft.server.count("/api/reports/r1/draft"), editor.sync.state]).toEqual([
      "AB",
      1,
      "saved",
    ]);
  });

  it("undoes and does again whatever was done, card settings too, as far as the beginning", async () => {
    const { editor } = openOn(new FakeDraft());
    const beginning = editor.spec;
    editor.select(["trend"]);
    const { open } = editor;
    if (!open || open.element.type === "text") throw new Error("The card is not open.");
    editor.change("trend", { ...open.element, title: "Shares" });
    editor.duplicate();
    editor.nudge(3, 0);
    editor.remove();
    editor.addPage("Second");
    const end = editor.spec;
    for (let step = 0; step < 5; step += 1) editor.undo();
    expect([editor.spec, editor.canUndo]).toEqual([beginning, false]);
    for (let step = 0; step < 5; step += 1) editor.redo();
    expect([editor.spec, editor.canRedo]).toEqual([end, false]);
  });

  it("takes typing for one change, and what comes later for another", () => {
    const { editor, at } = openOn(new FakeDraft());
    editor.run(titled("S"), "title");
    editor.run(titled("Sa"), "title");
    at.now += 2_000;
    editor.run(titled("Sales of shops"), "title");
    editor.undo();
    expect(editor.spec.title).toBe("Sa");
    editor.undo();
    expect([editor.spec.title, editor.canUndo]).toEqual(["Sales", false]);
  });

  it("goes on where the server fails, keeps the change on this computer, and drops that once it is saved", async () => {
    const draft = new FakeDraft();
    const { editor, storage, time, rest } = openOn(draft);
    const works = new FakeDraft();
    draft.server.on("POST /api/reports/r1/draft", refuses("offline"));
    editor.run(titled("Kept"));
    for (let turn = 0; turn < 3; turn += 1) await time.tick();
    expect(editor.sync.state).toBe("failed");
    expect(storage.content.get("e1/u1/r1")).toContain("Kept");
    const copy = storage.content.get("e1/u1/r1") ?? "";

    const later = openOn(works, { kept: { "e1/u1/r1": copy } });
    await later.rest();
    expect(later.editor.left?.spec.title).toBe("Kept");
    later.editor.takeCopy();
    await later.rest();
    expect([works.spec.title, later.storage.content.size, later.editor.left]).toEqual(["Kept", 0, null]);
    editor.dispose();
    await rest();
  });

  it("keeps both people's work, and tells where they changed the same thing", async () => {
    const draft = new FakeDraft();
    const one = openOn(draft);
    const two = openOn(draft, { client: "client-two" });
    one.editor.run(titled("Mine"));
    two.editor.select(["total"]);
    two.editor.nudge(5, 0);
    two.editor.run(titled("Theirs"));
    await one.rest();
    await two.rest();
    expect(two.editor.spec.title).toBe("Mine");
    expect(two.editor.conflicts).toMatchObject([{ kind: "both", unit: "title", mine: "Theirs", theirs: "Mine" }]);
    one.editor.heard({ version: draft.version, people: [] } as never);
    await one.rest();
    expect(one.editor.spec).toEqual(two.editor.spec);
    expect(one.editor.page?.layout[0]).toMatchObject({ element: "total", x: 5 });
  });

  it("leaves what somebody else has changed since when it undoes, and says so", async () => {
    const draft = new FakeDraft();
    const one = openOn(draft);
    one.editor.run((spec) => setHead(spec, { title: "Mine", description: "More" }));
    await one.rest();
    const two = openOn(draft, { client: "client-two" });
    two.editor.run(titled("Theirs"));
    await two.rest();
    one.editor.heard({ version: draft.version, people: [] } as never);
    await one.rest();
    one.editor.undo();
    expect([one.editor.spec.title, one.editor.spec.description, one.editor.notice]).toEqual([
      "Theirs",
      undefined,
      "undonePartly",
    ]);
  });

  it("publishes what is on the screen, saved or not", async () => {
    const draft = new FakeDraft();
    const { editor } = openOn(draft);
    editor.run(titled("Ready"));
    expect(await editor.publish("first")).toBe(true);
    expect([draft.spec.title, draft.revision, editor.sync.isDraft]).toEqual(["Ready", 1, false]);
    draft.server.on("POST /api/reports/r1/publish", refuses("draft_changed"));
    expect([await editor.publish(""), editor.error?.code]).toEqual([false, "draft_changed"]);
  });

  it("asks for the data of those cards alone whose question has changed", async () => {
    const draft = new FakeDraft();
    const { editor, rest } = openOn(draft);
    const asked = () =>
      draft.server.requests
        .filter(({ path }) => path.endsWith("/preview"))
        .map(({ body }) => Object.keys((body as { elements: object }).elements));
    await rest();
    editor.select(["trend"]);
    const element = editor.spec.elements["trend"];
    if (element?.type !== "pie") throw new Error("It is no pie.");
    editor.change("trend", { ...element, title: "Other" });
    await rest();
    expect(asked()).toEqual([["total", "trend"]]);
    editor.change("trend", { ...element, query: { ...element.query, measures: ["count"] } });
    await rest();
    expect(asked()).toEqual([["total", "trend"], ["trend"]]);
    editor.addPage("Second");
    await rest();
    editor.selectPage("main");
    editor.run((spec) => ({ ...spec, filters: [{ id: "f" }] }) as unknown as ReportSpec);
    editor.selectPage("page-1");
    await rest();
    expect(asked()).toHaveLength(2); // nobody looks at them
    editor.selectPage("main");
    await rest();
    expect(asked().slice(2)).toEqual([["total", "trend"]]);
  });

  it("pastes into another report under names of its own, and refuses what is nothing", () => {
    const { editor } = openOn(new FakeDraft());
    editor.select(["total", "trend"]);
    const copied = editor.copied();
    editor.paste(copied);
    expect(cards(editor)).toEqual(["total", "trend", "total-2", "trend-2"]);
    expect([...editor.selected]).toEqual(["total-2", "trend-2"]);
    editor.paste(null);
    expect(editor.notice).toBe("nothingPasted");
  });

  it("adds, renames, moves and removes pages, but not the last one", () => {
    const spec = addPage(specOfTwo(), "main", "Second").spec;
    expect(spec.pages.map(({ id, title }) => [id, title])).toEqual([
      ["main", ""],
      ["page-1", "Second"],
    ]);
    expect(movePage(spec, "page-1", -1).pages.map(({ id }) => id)).toEqual(["page-1", "main"]);
    expect(movePage(spec, "page-1", 4)).toBe(spec);
    const left = removePage(renamePage(spec, "page-1", "Alone"), "main");
    expect([left.pages.map(({ title }) => title), left.elements]).toEqual([["Alone"], {}]);
    expect(removePage(left, "page-1")).toBe(left);
  });

  it("comes back to the beginning by undoing everything, whatever was done", async () => {
    const deed = fc.constantFrom<(editor: EditorStore) => void>(
      (editor) => editor.run(titled(`${editor.spec.title}!`)),
      (editor) => editor.select([cards(editor)[0] ?? ""]),
      (editor) => editor.nudge(4, 2),
      (editor) => editor.resizeBy(2, 1),
      (editor) => editor.duplicate(),
      (editor) => editor.remove(),
      (editor) => editor.addPage("Further"),
      (editor) => editor.run((spec) => setPhone(spec, editor.pageId, { mode: "manual", order: cards(editor) })),
      (editor) => editor.undo(),
      (editor) => editor.redo(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 25 }), async (deeds) => {
        const draft = new FakeDraft();
        const { editor, rest } = openOn(draft);
        for (const [index, act] of deeds.entries()) {
          act(editor);
          if (index % 7 === 6) await rest();
        }
        const end = editor.spec;
        await rest();
        expect(draft.spec).toEqual(end);
        while (editor.canUndo) editor.undo();
        expect(editor.spec).toEqual(specOfTwo());
      }),
      { numRuns: 60 },
    );
  });
});
