import { ProblemReason } from "../../../core/contract/dataset/reason";
import type { Problem } from "../../../client/api/dataset";
import { problemText } from "./dataset-problem";

const problem = (part: Partial<Problem>): Problem => ({
  path: [],
  line: 1,
  column: 1,
  severity: "error",
  code: "schema",
  reason: null,
  message: "The server's own sentence.",
  names: [],
  ...part,
});

it("says each reason in Chinese, each otherwise, and with all that it is about", () => {
  const said = ProblemReason.options.map((reason) =>
    problemText(problem({ reason, names: ["a", "b", "c", "d"] }), "zh-CN"),
  );
  expect(said.filter((text) => !/\p{Script=Han}.*。$/u.test(text) || text.includes("undefined"))).toEqual([]);
  expect(new Set(said).size).toBe(said.length);
});

it("says where in an expression something is missing", () => {
  const missing = (token: string, position: string): string =>
    problemText(problem({ code: "expression_invalid", reason: "mark_needed", names: [")", token, position] }), "zh-CN");
  expect(missing("FROM", "7")).toBe("表达式无法解析：缺少“)”，在第 7 个字符“FROM”之前。");
  expect(missing("", "")).toBe("表达式无法解析：缺少“)”，在末尾。");
});

it("keeps an engine's words, and the server's sentence where nobody has a better one", () => {
  const refused = problem({ code: "sql_refused", names: ["syntax error at end of input"] });
  expect(problemText(refused, "zh-CN")).toBe("这段 SQL 不能使用：syntax error at end of input");
  expect(problemText(refused, "en-US")).toBe("The server's own sentence.");
  const typed = problem({ reason: "type_differs", names: ["string"] });
  expect(problemText(typed, "zh-CN")).toBe("这里应为文本。");
  expect(problemText(typed, "en-US")).toBe("Here must be a text.");
  const broken = problem({ code: "json_syntax", names: ["Comma expected."] });
  expect(problemText(broken, "zh-CN")).toBe("不是有效的 JSON：缺少逗号。");
});
