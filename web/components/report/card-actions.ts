import type { RefObject } from "react";
import { exportPath } from "../../../client/api/question";
import type { ExportFormat } from "../../../core/contract/report/question";
import type { ReportElement } from "../../../core/contract/report/element";
import { chart, isChart } from "../../../core/report/chart/chart";
import { useApp } from "../../app-context";
import type { Drawing } from "../../charts/draw";
import { ownParts } from "../../charts/own-parts";
import { copyText } from "../../clipboard";
import { reportLink } from "../../links";
import { useReader } from "../../reader-context";
import { useReaderWords } from "../../text/reader";

interface Card {
  id: string;
  element: ReportElement;
  drawing: RefObject<Drawing | null>;
}

/** What a card's menu does. */
export function useCardActions({ id, element, drawing }: Card) {
  const { store, announce } = useReader();
  const words = useReaderWords();
  const { language, session } = useApp();

  const copyLink = async (): Promise<void> => {
    const link = reportLink(store.id, session);
    link.searchParams.set("page", store.currentPage?.id ?? "");
    link.searchParams.set("card", id);
    if (store.question.link) link.searchParams.set("q", store.question.link);
    announce((await copyText(link.href)) ? words.linkCopied : words.linkNotCopied);
  };

  const image = async (): Promise<void> => {
    const result = store.outcome(id);
    if (!drawing.current || !isChart(element) || result?.state !== "ready") return;
    const { pictureOf, download } = await import("../../charts/picture");
    const style = getComputedStyle(document.documentElement);
    const background = style.getPropertyValue("--card").trim();
    const look = { language: language.current, width: 400, height: 240, theme: "light" as const };
    const { legend } = ownParts(chart(element, result.data, look), new Set());
    const ink = style.getPropertyValue("--ink").trim();
    const picture = { title: element.title, legend, ink, background, font: style.fontFamily };
    download(await pictureOf(drawing.current.picture(background), picture), `${element.title}.png`);
  };

  const exportAs = (format: ExportFormat): void => {
    const link = document.createElement("a");
    link.href = exportPath(store.id, id, {
      format,
      question: store.question.applied,
      language: language.current,
    });
    link.download = "";
    link.click();
  };

  return { copyLink, image, exportAs };
}
