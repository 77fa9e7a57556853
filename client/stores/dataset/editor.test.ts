import type { DatasetText, Problem } from "../../api/dataset";
import { ApiError } from "../../api/error";
import type { ApiRequest } from "../../api/transport";
import { DatasetEditor } from "./editor";

const document = (revision: number, text: string) => ({ name: "shops", revision, text }) as DatasetText;
const problem = (code: Problem["code"]) => ({ code, severity: "error", line: 3 }) as Problem;

/** A server with one dataset, which refuses texts that say so. */
function server(first: DatasetText) {
  let current = first;
  const call = (request: ApiRequest): Promise<unknown> => {
    const body = (request.body ?? {}) as { text?: string; revision?: number; unchecked?: boolean };
    const text = body.text ?? "";
    if (request.method === "GET") return Promise.resolve(current);
    if (text.includes("offline")) return Promise.reject(new ApiError("offline", ""));
    const problems = text.includes("wrong") ? [problem("unknown_column")] : [];
    if (text.includes("unreached") && !body.unchecked) problems.push(problem("source_unreachable"));
    if (request.path === "/api/dataset-checks") return Promise.resolve({ problems });
    if (body.revision !== current.revision) return Promise.reject(new ApiError("dataset_changed", ""));
    if (problems.length > 0) return Promise.reject(new ApiError("dataset_invalid", "", { problems }));
    current = document(current.revision + 1, text);
    return Promise.resolve({ revision: current.revision, unchecked: false, problems });
  };
  return { call, theirs: (text: string) => (current = document(current.revision + 1, text)), current: () => current };
}

function open(text = "first") {
  const first = document(1, text);
  const behind = server(first);
  return { behind, editor: new DatasetEditor(behind.call, first) };
}

it("saves a text behind the revision that was read", async () => {
  const { editor, behind } = open();
  expect(editor.dirty).toBe(false);
  editor.edit("second");
  expect(editor.dirty).toBe(true);
  expect(await editor.save()).toBe(true);
  expect([editor.dirty, editor.saved.revision, behind.current().text]).toEqual([false, 2, "second"]);
});

it("keeps a text that has errors, and shows them until it is changed", async () => {
  const { editor, behind } = open();
  editor.edit("wrong");
  await editor.check();
  expect([editor.problems.length, editor.current]).toEqual([1, true]);
  expect(await editor.save()).toBe(false);
  editor.edit("wrong still");
  expect([editor.text, editor.current, behind.current().text]).toEqual(["wrong still", false, "first"]);
});

it("asks before it saves what could not be checked", async () => {
  const { editor, behind } = open();
  editor.edit("unreached");
  expect(await editor.save()).toBe(false);
  expect(editor.onlyUnreached).toBe(true);
  expect(await editor.save({ unchecked: true })).toBe(true);
  expect(behind.current().text).toBe("unreached");
});

it("shows what somebody else saved, and lets one take it or go over it", async () => {
  const { editor, behind } = open();
  behind.theirs("theirs");
  editor.edit("mine");
  expect(await editor.save()).toBe(false);
  expect([editor.theirs?.text, editor.text, behind.current().text]).toEqual(["theirs", "mine", "theirs"]);
  editor.leaveTheirs();
  expect([editor.theirs, editor.text]).toEqual([null, "mine"]);
  await editor.save();
  expect(await editor.overwrite()).toBe(true);
  expect([behind.current().text, behind.current().revision]).toEqual(["mine", 3]);
  behind.theirs("theirs again");
  editor.edit("mine again");
  await editor.save();
  editor.takeTheirs();
  expect([editor.text, editor.dirty, editor.theirs]).toEqual(["theirs again", false, null]);
});

it("loses nothing when the server does not answer", async () => {
  const { editor } = open();
  editor.edit("offline");
  expect(await editor.save()).toBe(false);
  expect([editor.text, editor.error?.code, editor.busy]).toEqual(["offline", "offline", null]);
});
