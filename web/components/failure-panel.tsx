import { observer } from "mobx-react-lite";
import type { ApiError } from "../../client/api/error";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { Notice } from "./notice";

/** Something could not be loaded: what to do next, and the number that an administrator can look up. */
export const FailurePanel = observer(function FailurePanel({ error, retry }: { error: ApiError; retry: () => void }) {
  const { texts } = useApp();
  const text = errorText(texts, { code: error.code, retryAfter: error.detail.retryAfter });
  return (
    <Notice title={text.title} advice={[text.advice, error.detail.requestId].filter(Boolean).join(" · ")}>
      <button type="button" className="button button-primary" onClick={retry}>
        {texts.signIn.retry}
      </button>
    </Notice>
  );
});
