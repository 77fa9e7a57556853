const TINTS = 6;

/** A person's square, as DingTalk draws it: the last two characters of the name. */
export function Avatar({ name }: { name: string }) {
  const tint = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % TINTS;
  return (
    <span class={`avatar tint-${tint}`} aria-hidden="true">
      {[...name].slice(-2).join("")}
    </span>
  );
}
