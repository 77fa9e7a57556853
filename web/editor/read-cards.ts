import type { CopiedCards } from "../../client/stores/editor/commands";
import { ReportSpec } from "../../core/contract/report/report";

/** Cards out of somebody's clipboard, as far as they are ones of ours; null where anything about them is wrong. */
export function readCards(value: object): CopiedCards | null {
  const { elements, layout } = value as { elements?: unknown; layout?: unknown };
  const page = { id: "pasted", title: "", layout };
  const read = ReportSpec.safeParse({ version: 1, title: "pasted", pages: [page], elements });
  if (!read.success) return null;
  return { elements: read.data.elements, layout: read.data.pages[0]?.layout ?? [] };
}
