import { observer } from "mobx-react-lite";
import type { ApiError } from "../../client/api/error";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { Notice } from "./notice";

/** A page that could not begin: what to do next, and the number that an administrator can look up. */
export const FailurePage = observer(function FailurePage({ error, retry }: { error: ApiError; retry: () => void }) {
  const { texts } = useApp();
  const text = errorText(texts, { code: error.code, retryAfter: error.detail.retryAfter });
  return (
    <main className="centre">
      <Notice whole title={text.title} advice={[text.advice, error.detail.requestId].filter(Boolean).join(" · ")}>
        <button type="button" className="button button-primary" onClick={retry}>
          {texts.signIn.retry}
        </button>
      </Notice>
    </main>
  );
});
