import { useEffect } from "react";
import { useApp } from "./app-context";

/** Names the browser's tab after the page; an empty name leaves the product's. */
export function usePageTitle(title: string): void {
  const { texts } = useApp();
  useEffect(() => {
    document.title = title ? `${title} · ${texts.productName}` : texts.productName;
  }, [title, texts]);
}
