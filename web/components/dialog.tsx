import { useLayoutEffect, useRef, type ReactNode } from "react";
import { observer } from "mobx-react-lite";
import { useReaderWords } from "../text/reader";
import { Icon } from "./icon";

/** A window over the page: the browser keeps the focus inside, Escape closes it. */
export const Dialog = observer(function Dialog({
  title,
  note,
  close,
  children,
}: {
  title: string;
  note?: string;
  close: () => void;
  children: ReactNode;
}) {
  const words = useReaderWords();
  const frame = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = frame.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={frame}
      className="dialog"
      aria-label={title}
      onClose={close}
      onClick={(event) => event.target === frame.current && close()}
    >
      <div className="dialog-inside">
        <header className="dialog-head">
          <h2>{title}</h2>
          {note && <span className="quiet-note">{note}</span>}
          <button
            type="button"
            className="button button-icon"
            aria-label={words.close}
            title={words.close}
            onClick={close}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className="dialog-body">{children}</div>
      </div>
    </dialog>
  );
});
