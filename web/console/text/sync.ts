import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

const zh = {
  start: "立即同步",
  states: { queued: "排队中", running: "正在同步", waiting: "暂停，将自动继续", done: "同步完成", failed: "同步失败" },
  departments: (read: number, found: number) => `部门 ${read} / ${found}`,
  members: (seen: number) => `成员 ${seen}`,
  changes: (added: number, changed: number, left: number) => `新增 ${added} · 变更 ${changed} · 离开 ${left}`,
  resumes: (when: string) => `将于 ${when} 自动继续，进度不会丢失`,
  skipped: (count: number) => `跳过 ${count} 个无法识别的编号`,
  never: "还没有同步过",
  at: (when: string) => `最近一次 ${when}`,
};

const en: typeof zh = {
  start: "Synchronise now",
  states: {
    queued: "Queued",
    running: "Synchronising",
    waiting: "Paused, goes on by itself",
    done: "Synchronised",
    failed: "Synchronisation failed",
  },
  departments: (read, found) => `Departments ${read} of ${found}`,
  members: (seen) => `Members ${seen}`,
  changes: (added, changed, left) => `${added} added · ${changed} changed · ${left} left`,
  resumes: (when) => `Goes on by itself at ${when}; nothing is lost`,
  skipped: (count) => `${count} ids skipped that cannot be read`,
  never: "Never synchronised",
  at: (when) => `Last ${when}`,
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of synchronisation, in the person's language. */
export const useSyncWords = (): typeof zh => WORDS[useApp().language.current];
