import { z } from "zod";
import { ProblemReason, type Fault } from "../../../core/contract/dataset/reason";
import { finding, type Finding, type Path } from "../../analytics/check/finding";

/** What keeps a document from being one of ours; an unknown key is told where it stands. */
export function schemaFindings(issues: readonly z.core.$ZodIssue[], document: unknown): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key));
    const { message } = issue;
    return [finding(path, "schema", { message, names: [message], fault: faultOf(issue, path, document) })];
  });
}

function unknownKey(path: Path, key: string): Finding {
  const message = `There is nothing called "${key}" here.`;
  return finding([...path, key], "schema", { message, fault: { reason: "key_unknown", names: [key] } });
}

/** What exactly is wrong; null where only the message says it. */
function faultOf(issue: z.core.$ZodIssue, path: Path, document: unknown): Fault | null {
  switch (issue.code) {
    case "invalid_type":
      return { reason: isMissing(document, path) ? "missing" : "type_differs", names: [issue.expected] };
    case "invalid_value":
      return { reason: "choice", names: issue.values.map(String) };
    case "too_small":
      return { reason: "too_little", names: [issue.origin, String(issue.minimum)] };
    case "too_big":
      return { reason: "too_much", names: [issue.origin, String(issue.maximum)] };
    case "invalid_format":
      return { reason: formatReason(issue.format, path), names: [] };
    case "invalid_key":
      return { reason: "not_a_name", names: [] };
    case "invalid_union":
      return { reason: "form_unknown", names: [] };
    case "custom":
      return Given.safeParse(issue.params).data ?? null;
    default:
      return null;
  }
}

/** What a rule of ours has said of itself: see `because`. */
const Given = z.object({ reason: ProblemReason, names: z.array(z.string()) });

/** Of what has a pattern of its own, only groups are no names of fields. */
function formatReason(format: string, path: Path): ProblemReason {
  if (format === "uuid") return "not_an_id";
  return path.includes("group") || path.includes("groups") ? "not_a_group" : "not_a_name";
}

function isMissing(document: unknown, path: Path): boolean {
  let here = document;
  for (const part of path) {
    if (typeof here !== "object" || here === null) return true;
    here = (here as Record<string | number, unknown>)[part];
  }
  return here === undefined;
}
