/** Where the mustache that began before `from` ends: braces and quotes inside belong to the expression. */
export function mustacheEnd(raw: string, from: number): number {
  let depth = 0;
  for (let at = from; at < raw.length; at++) {
    const character = raw[at];
    if (character === '"' || character === "'" || character === "`") {
      at = endOfString(raw, at);
    } else if (character === "{") depth++;
    else if (character === "}") {
      if (depth === 0 && raw[at + 1] === "}") return at;
      depth = Math.max(0, depth - 1);
    }
  }
  return -1;
}

function endOfString(raw: string, open: number): number {
  for (let at = open + 1; at < raw.length; at++) {
    if (raw[at] === "\\") at++;
    else if (raw[at] === raw[open]) return at;
  }
  return raw.length;
}
