import { useState } from "preact/hooks";
import type { Words } from "../words";
import type { PcParts } from "./use-pc";

/** A chat on the PC: links that somebody sent, which a click opens as the client is set. */
export function Chat({ pc, words }: { pc: PcParts; words: Words }) {
  const [links, setLinks] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  return (
    <div class="chat">
      <ol aria-label={words.messages}>
        {links.length === 0 && <li class="chat-empty">{words.chatEmpty}</li>}
        {links.map((link, index) => (
          <li key={index}>
            <button type="button" onClick={() => pc.openLink(link)}>
              {link}
            </button>
          </li>
        ))}
      </ol>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === "") return;
          setLinks([...links, typed.trim()]);
          setTyped("");
        }}
      >
        <input
          aria-label={words.chatLink}
          placeholder={words.chatLink}
          value={typed}
          spellcheck={false}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit">{words.send}</button>
      </form>
    </div>
  );
}
