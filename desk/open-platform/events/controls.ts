import type { ControlBody, ControlResult } from "../control/contract";
import { ControlRefused } from "../control/lookup";
import type { JsonFields } from "../gateway/exchange";
import type { OpenPlatform } from "../platform";
import type { EVENT_CONTROLS, RawAnswer } from "./control-contract";
import { keyFault, seal, type EventKeys } from "./event-crypto";
import { addressOf, pushBody, pushText } from "./http-push";
import { type EventSettings, isLoopback, keysOf, type Subscriber } from "./subscription";

type EventControls = {
  [Name in keyof typeof EVENT_CONTROLS]: (body: ControlBody<Name>) => ControlResult<Name>;
};

/** The controls over events, free of HTTP. */
export function createEventControls(platform: OpenPlatform): EventControls {
  return {
    setEvents: (body) => setEvents(platform, body),
    deliveries: () => ({ deliveries: platform.deliveries.list() }),
    retryEvents() {
      platform.deliveries.retryNow();
      return {};
    },
    sendEvent: (body) => sendEvent(platform, body),
    pushRaw: (body) => pushRaw(platform, body),
    sendFrame: ({ key, text }) => ({ connections: platform.gateway.sendRaw(key, text) }),
    connections: () => ({ connections: platform.gateway.list() }),
    disturbStream: async ({ key, what, closeMs }) => {
      const { gateway } = platform;
      if (what === "ping") return { connections: await gateway.ping(key) };
      return { connections: what === "cut" ? gateway.cut(key) : gateway.disconnect(key, closeMs) };
    },
  };
}

async function setEvents(platform: OpenPlatform, body: ControlBody<"setEvents">): Promise<Record<string, never>> {
  const { key, ...settings } = body;
  const found = platform.directory.app(key)?.app;
  const suite = platform.directory.suite(key);
  if (!found && !suite) throw new ControlRefused(`There is neither an app nor a suite ${key}.`);
  await checkAddress(platform, key, settings);
  if (found) found.events = settings;
  if (suite) {
    suite.events = settings;
    const data = { suiteTicket: suite.ticket };
    platform.announcer.toSuite(suite, "", "suite_ticket", data, { bizType: 2, bizId: suite.suiteId, data });
  }
  platform.changed();
  return {};
}

/** An address is saved only if it takes `check_url`. https://open.dingtalk.com/document/development/test-callback-url-events */
async function checkAddress(platform: OpenPlatform, key: string, settings: EventSettings): Promise<void> {
  if (settings.mode !== "http") return;
  const { url, token, aesKey } = settings;
  const keys: EventKeys = { token, aesKey, receiver: key };
  const wrong = keyFault(keys) ?? (isLoopback(url) ? null : "url: the desk pushes to loopback only");
  if (wrong !== null) throw new ControlRefused(wrong);
  const fault = await pushText(platform.push, url, keys, JSON.stringify({ EventType: "check_url" }));
  if (fault !== null) throw new ControlRefused(`check_url: ${fault}`);
}

function subscriberOf(platform: OpenPlatform, key: string): Subscriber {
  const owner = platform.directory.app(key)?.owner;
  const found = owner ? platform.announcer.internal(owner.corpId) : platform.announcer.suite(key);
  if (!found) throw new ControlRefused(`There is neither an app nor a suite ${key}.`);
  return found;
}

function sendEvent(platform: OpenPlatform, body: ControlBody<"sendEvent">): { eventId: string } {
  const { key, corpId, type, eventId, bornAt, bizType } = body;
  subscriberOf(platform, key);
  const data = body.data as JsonFields;
  const made = platform.deliveries.make({ type, corpId, data, sync: { bizType, bizId: corpId, data } });
  const event = { ...made, id: eventId ?? made.id, bornAt: bornAt ?? made.bornAt };
  platform.deliveries.send(event, () => subscriberOf(platform, key));
  return { eventId: event.id };
}

async function pushRaw(platform: OpenPlatform, body: ControlBody<"pushRaw">): Promise<{ answers: RawAnswer[] }> {
  const { key, times } = body;
  const { settings } = subscriberOf(platform, key);
  const keys = keysOf(subscriberOf(platform, key));
  if (settings.mode !== "http" || !keys) throw new ControlRefused(`${key} does not take events over HTTP.`);
  const { address, text } = requestOf(platform, settings.url, keys, body);
  const answers: RawAnswer[] = [];
  for (let at = 0; at < times; at++) {
    let status: number | null = null;
    const fault = await pushBody(
      {
        ...platform.push,
        fetch: async (input, init) => {
          const response = await platform.push.fetch(input, init);
          status = response.status;
          return response;
        },
      },
      address,
      text,
      keys,
    );
    answers.push({ status, fault });
  }
  return { answers };
}

/** The request as wished: whatever is not named is right. */
function requestOf(platform: OpenPlatform, url: string, keys: EventKeys, body: ControlBody<"pushRaw">) {
  if (body.body !== undefined) return { address: url, text: body.body };
  const timestamp = body.timestamp ?? String(platform.clock.now());
  const used = { ...keys, receiver: body.receiver ?? keys.receiver, token: body.forged ? "forged" : keys.token };
  const plain = `${body.text ?? JSON.stringify({ EventType: "check_url" })}${" ".repeat(body.padding)}`;
  const sealed = seal(used, plain, timestamp, platform.random);
  const encrypt = sealed.encrypt.slice(0, body.truncatedTo ?? sealed.encrypt.length);
  return { address: addressOf(url, sealed), text: JSON.stringify({ encrypt }) };
}
