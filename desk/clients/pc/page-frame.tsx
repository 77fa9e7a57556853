import { useMemo } from "preact/hooks";
import type { Words } from "../words";
import type { Opened } from "./state";
import type { PcParts } from "./use-pc";

/** A page of the product in its window, or a word on why there is none. */
export function PageFrame({ opened, pc, words }: { opened: Opened; pc: PcParts; words: Words }) {
  const keep = useMemo(() => pc.frame(opened.id), [opened.id]);
  if (opened.src === null)
    return (
      <div class="foreign">
        <b>{words.foreign}</b>
        <p>{words.foreignHint}</p>
        <a href={opened.url} target="_blank" rel="noreferrer">
          {opened.url}
        </a>
      </div>
    );
  return (
    <iframe
      ref={keep}
      src={opened.src}
      title={opened.kind === "mini-program" ? "Dingboard" : opened.id}
      allow="clipboard-write"
    />
  );
}
