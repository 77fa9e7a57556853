import "../../pages/pc.css";
import { observer } from "mobx-react-lite";
import { useApp } from "../../app-context";
import { usePcWords } from "../../text/pc";

/** Says why the page stayed in the Workbench although the enterprise opens its reports in the browser. */
export const KeptInsideHint = observer(function KeptInsideHint() {
  const { launch, door } = useApp();
  const words = usePcWords();
  if (!launch.hinting) return null;
  return (
    <div className="kept-inside" role="status">
      <p>{words.keptHere}</p>
      <button type="button" className="button" onClick={() => void door.tryBrowser()}>
        {words.tryBrowser}
      </button>
      <button type="button" className="button button-plain" onClick={() => launch.closeHint()}>
        {words.gotIt}
      </button>
    </div>
  );
});
