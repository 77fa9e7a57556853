import { useEffect, useRef, useState, type RefObject } from "react";

/** An element's size in px, now and whenever it changes; null until it is on the page. */
export function useSize<Part extends HTMLElement>(): [
  RefObject<Part | null>,
  { width: number; height: number } | null,
] {
  const part = useRef<Part>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const element = part.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [part, size];
}
