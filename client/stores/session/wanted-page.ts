/** As the contract's `TargetPath`, without the library that checks contracts. */
const TARGET = /^\/(?![/\\])[^\\\s#\p{Cc}]*$/u;
const LONGEST = 2_000;
/** Pages that only lead to others: wanting one of them would lead round in circles. */
const ENTRIES = /^\/(pc|hand-off|setup|sign-in\/dingtalk)\/?(\?|$)/;

/** The page of ours that a link asks for; the home page where it names none, or anything that is not ours. */
export function wantedPage(asked: string | null | undefined): string {
  if (!asked || asked.length > LONGEST || !TARGET.test(asked) || ENTRIES.test(asked)) return "/";
  return asked;
}
