/** Chinese by pinyin, digits by what they count. Where an engine has no `Intl`, in its own order. */
const collator = typeof Intl === "undefined" ? null : new Intl.Collator("zh-CN", { numeric: true });

/** The order of two texts as people expect it, as a sort function answers it: 2月 before 10月, 北京 before 上海. */
export function naturalOrder(left: string, right: string): number {
  const order = collator ? collator.compare(left, right) : left.localeCompare(right);
  return order || codeOrder(left, right);
}

/** Texts by their code units: the same everywhere, and never 0 for two that differ. */
export function codeOrder(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
