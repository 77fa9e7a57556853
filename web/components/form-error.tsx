import { observer } from "mobx-react-lite";
import type { ApiError } from "../../client/api/error";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { Banner } from "./banner";

/** Why a form was refused, read out by screen readers as it appears. */
export const FormError = observer(function FormError({ error }: { error: ApiError | null }) {
  const { texts } = useApp();
  if (!error) return null;
  return <Banner kind="bad" {...errorText(texts, { code: error.code, retryAfter: error.detail.retryAfter })} />;
});
