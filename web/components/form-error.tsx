import { Alert } from "antd";
import { observer } from "mobx-react-lite";
import type { ApiError } from "../../client/api/error";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";

/** Why a form was refused, read out by screen readers as it appears. */
export const FormError = observer(function FormError({ error }: { error: ApiError | null }) {
  const { texts } = useApp();
  if (!error) return null;
  const text = errorText(texts, { code: error.code, retryAfter: error.detail.retryAfter });
  return (
    <Alert type="error" showIcon role="alert" title={text.title} description={text.advice} className="form-error" />
  );
});
