/** Makes an element of the client's own chrome. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  content: string | (Node | string)[] = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...(typeof content === "string" ? (content ? [content] : []) : content));
  return made;
}

/** A button of the client's own chrome. */
export function button(className: string, content: string | (Node | string)[], press: () => void): HTMLButtonElement {
  const made = element("button", className, content);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line icon from path data on a 24 by 24 grid. */
export function icon(className: string, ...paths: string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${className}`);
  svg.setAttribute("aria-hidden", "true");
  for (const data of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", data);
    svg.append(path);
  }
  return svg;
}
