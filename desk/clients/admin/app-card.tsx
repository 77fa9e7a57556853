import { useState } from "preact/hooks";
import type { OrganisationView } from "../../open-platform/contacts/control-contract";
import type { EventSettings } from "../../open-platform/events/subscription";
import { askDesk } from "../desk-link";
import { Card, Code, Fault, RunningMark, SureButton } from "./parts";
import { useDeed } from "./use-loaded";
import type { AdminWords } from "./words";

interface AppCardProps {
  organisation: OrganisationView;
  words: AdminWords;
}

/** The internal app as the developer's console shows it: keys, state, and how it hears events. */
export function AppCard({ organisation, words }: AppCardProps) {
  const { app, corpId } = organisation;
  const { isBusy, fault, run } = useDeed();
  if (!app)
    return (
      <Card title={words.app}>
        <p class="lead">{words.noApp}</p>
      </Card>
    );
  const put = (stopped: boolean): void => void run(() => askDesk("patchApp", { corpId, stopped }));
  return (
    <Card title={words.app} beside={<RunningMark isStopped={app.stopped} words={words} />}>
      <dl class="admin-codes">
        <Code name="AppKey" value={app.appKey} />
        <Code name="AppSecret" value={app.appSecret} />
        <Code name="AgentId" value={String(app.agentId)} />
        <Code name="miniAppId" value={app.miniAppId} />
      </dl>
      <p class="admin-deeds">
        {app.stopped ? (
          <button class="admin-button" type="button" disabled={isBusy} onClick={() => put(false)}>
            {words.start}
          </button>
        ) : (
          <SureButton label={words.stop} words={words} isBusy={isBusy} act={() => put(true)} />
        )}
      </p>
      <Fault text={fault} words={words} />
      <EventForm appKey={app.appKey} now={app.events} words={words} />
    </Card>
  );
}

const MODES = ["off", "stream", "http"] as const;
type Mode = (typeof MODES)[number];

/** How an app wants its events; an HTTP address is saved only if it answers the check. */
export function EventForm({ appKey, now, words }: { appKey: string; now: EventSettings; words: AdminWords }) {
  const [mode, setMode] = useState<Mode>(now.mode);
  const [http, setHttp] = useState(now.mode === "http" ? now : { url: "", token: "", aesKey: "" });
  const [isSaved, setIsSaved] = useState(false);
  const { isBusy, fault, run } = useDeed();
  const { url, token, aesKey } = http;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setIsSaved(false);
    const wish = mode === "http" ? { key: appKey, mode, url, token, aesKey } : { key: appKey, mode };
    setIsSaved(await run(() => askDesk("setEvents", wish)));
  };
  const field = (name: "url" | "token" | "aesKey") => (
    <label key={name}>
      {words[name]}
      <input
        value={http[name]}
        required
        onInput={(event) => setHttp({ ...http, [name]: event.currentTarget.value })}
        name={name}
      />
    </label>
  );
  return (
    <form class="admin-form" onSubmit={(event) => void save(event)}>
      <label>
        {words.events}
        <select value={mode} name="mode" onChange={(event) => setMode(event.currentTarget.value as Mode)}>
          {MODES.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </select>
      </label>
      {mode === "http" && (["url", "token", "aesKey"] as const).map(field)}
      <button class="admin-button" type="submit" disabled={isBusy}>
        {words.save}
      </button>
      {isSaved && <span role="status">{words.saved}</span>}
      <Fault text={fault} words={words} />
    </form>
  );
}
