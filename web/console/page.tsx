import { Alert, Button, Flex, Skeleton, Typography } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState, type ReactNode } from "react";
import type { ApiError } from "../../client/api/error";
import { Resource } from "../../client/stores/resource";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { useShellWords } from "./text/shell";

/** A page of the console: its title, what it is for, what may be done at the top. */
export function ConsolePage({
  title,
  intro,
  actions,
  children,
}: {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className="console-page">
      <Flex justify="space-between" align="center" wrap gap={12} className="console-head">
        <div>
          <Typography.Title level={1} className="console-title">
            {title}
          </Typography.Title>
          {intro && <Typography.Text type="secondary">{intro}</Typography.Text>}
        </div>
        <Flex gap={8} wrap>
          {actions}
        </Flex>
      </Flex>
      {children}
    </main>
  );
}

/** What went wrong, what to do next, and the number that the server's log knows. */
export const ErrorAlert = observer(function ErrorAlert({ error, retry }: { error: ApiError; retry?: () => void }) {
  const { texts } = useApp();
  const words = useShellWords();
  const { title, advice } = errorText(texts, { code: error.code, retryAfter: error.detail.retryAfter });
  const request = error.detail.requestId ? ` · ${words.requestId(error.detail.requestId)}` : "";
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={`${advice}${request}`}
      {...(retry ? { action: <Button onClick={retry}>{words.retry}</Button> } : {})}
    />
  );
});

/** Asks the server once the page is shown, and again where `again` changes. */
export function useResource<T>(ask: () => Promise<T>, again: string): Resource<T> {
  const [resource, setResource] = useState(() => new Resource(ask));
  useEffect(() => {
    const next = new Resource(ask);
    setResource(next);
    void next.load();
  }, [again]); // `ask` is made anew on each drawing; `again` says when it asks something else
  return resource;
}

interface LoadedProps<T> {
  resource: Resource<T>;
  children: (data: T) => ReactNode;
}

/** Shows what was loaded, a skeleton until then, or what went wrong. */
export const Loaded = observer(function Loaded<T>({ resource, children }: LoadedProps<T>) {
  const { data, error } = resource;
  return (
    <>
      {error && <ErrorAlert error={error} retry={() => void resource.load()} />}
      {data === undefined ? !error && <Skeleton active paragraph={{ rows: 6 }} /> : children(data)}
    </>
  );
}) as <T>(props: LoadedProps<T>) => ReactNode;
