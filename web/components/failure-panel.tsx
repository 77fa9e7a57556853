import { Button, Result } from "antd";
import { observer } from "mobx-react-lite";
import type { ApiError } from "../../client/api/error";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";

/** Something could not be loaded: what to do next, and the number that an administrator can look up. */
export const FailurePanel = observer(function FailurePanel({ error, retry }: { error: ApiError; retry: () => void }) {
  const { texts } = useApp();
  const text = errorText(texts, { code: error.code, retryAfter: error.detail.retryAfter });
  return (
    <Result
      status="warning"
      title={text.title}
      subTitle={[text.advice, error.detail.requestId].filter(Boolean).join(" · ")}
      extra={
        <Button type="primary" onClick={retry}>
          {texts.signIn.retry}
        </Button>
      }
    />
  );
});
