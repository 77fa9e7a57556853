import { Input } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import { useShellWords } from "../text/shell";

const PAGE_SIZE = 20;

/** A list page by page. What narrows the list down is changed by `first`, which goes back to its first page. */
export function usePaging() {
  const shell = useShellWords();
  const [page, setPage] = useState(1);
  return {
    asked: { page, size: PAGE_SIZE },
    first: (change: () => void): void => {
      change();
      setPage(1);
    },
    /** For the table below. */
    pagination: (total: number) => ({
      current: page,
      pageSize: PAGE_SIZE,
      total,
      showSizeChanger: false,
      showTotal: (all: number) => shell.total(all),
      onChange: setPage,
    }),
  };
}

/** Searches a list when Enter or the glass is pressed. */
export const SearchBox = observer(function SearchBox({ search }: { search: (text: string) => void }) {
  const shell = useShellWords();
  return (
    <Input.Search
      allowClear
      aria-label={shell.search}
      placeholder={shell.search}
      className="console-choice"
      onSearch={(text) => search(text.trim())}
    />
  );
});
