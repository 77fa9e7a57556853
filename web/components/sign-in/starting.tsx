import { observer } from "mobx-react-lite";
import { useApp } from "../../app-context";

/** The short while until the server has said who is signed in. */
export const Starting = observer(function Starting() {
  const { words } = useApp();
  return (
    <main className="centre" aria-busy="true" aria-label={words.loading}>
      <span className="spinner" />
    </main>
  );
});
