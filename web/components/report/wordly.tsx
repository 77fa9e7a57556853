import type { AskingElement, ReportElement } from "../../../core/contract/report/element";
import { blocksOf, type Block, type Span } from "../../../core/report/words/markdown";
import { useReaderWords } from "../../text/reader";
import { Icon } from "../icon";

const TAGS = { bold: "strong", italic: "em", code: "code" } as const;

function Words({ spans }: { spans: Span[] }) {
  return spans.map(({ text, look, href }, index) => {
    const Tag = look === "plain" ? null : TAGS[look];
    const key = `${index}/${text}`;
    if (href)
      return (
        <a key={key} href={href} target="_blank" rel="noopener noreferrer">
          {text}
        </a>
      );
    return Tag ? <Tag key={key}>{text}</Tag> : <span key={key}>{text}</span>;
  });
}

function Written({ block }: { block: Block }) {
  const words = <Words spans={block.spans} />;
  if (block.kind === "heading") return <h3>{words}</h3>;
  if (block.kind === "quote") return <blockquote>{words}</blockquote>;
  if (block.kind === "paragraph") return <p>{words}</p>;
  return (
    <p className="words-item">
      <span>{block.mark}</span> <span>{words}</span>
    </p>
  );
}

type Wordless = Exclude<ReportElement, AskingElement>;

/** What stands in a card that asks nothing: words, a link. Loaded where a report has one. */
export default function Wordly({ element }: { element: Wordless }) {
  const words = useReaderWords();
  if (element.type === "text")
    return (
      <div className="card-words">
        {blocksOf(element.text).map((block, index) => (
          <Written key={index} block={block} />
        ))}
      </div>
    );
  if (element.type !== "link") return null;
  const { host } = new URL(element.url, location.origin);
  return (
    <a className="card-link" href={element.url} target="_blank" rel="noopener noreferrer">
      <span>{host}</span> <Icon name="forward" size={16} />
      <span className="unseen">{words.newWindow}</span>
    </a>
  );
}
