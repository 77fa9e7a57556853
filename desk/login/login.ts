import type { Person } from "../open-platform/control/contract";
import { listPeople } from "../open-platform/person";
import type { OpenPlatform } from "../open-platform/platform";
import { type Asked, ASKED, readAsked, wayBack } from "./asked";
import { consentPage, scanPage, type SignInView, wrongPage } from "./page";
import { wordsFor } from "./words";

/** The page's path, as at login.dingtalk.com. */
export const LOGIN_PATH = "/oauth2/auth";

/** Who sits at the PC from which the page was opened, if the desk knows it: their phone is offered first. */
export const HOLDER_HEADER = "x-desk-who";

/** One request for the page, free of HTTP. A step on the phone is a POST of the page's own form. */
export interface LoginRequest {
  method: string;
  /** Of the address for a GET, of the form for a POST. */
  given: URLSearchParams;
  acceptLanguage: string | undefined;
  holder: string | undefined;
}

export type LoginReply = { status: number; html: string } | { status: 302; location: string };

/** An organisation may have 20,000 members; a list to choose from may not. */
const SHOWN = 300;

/** Not documented: which word DingTalk sends back where the person refuses. This is OAuth's own. */
const REFUSED = "access_denied";

/**
 * DingTalk's sign-in page: a QR code, the simulated phone that scans it, and on the phone the question whether the
 * application may know who one is. https://open.dingtalk.com/document/development/obtain-identity-credentials
 */
export function answerLogin(platform: OpenPlatform, request: LoginRequest): LoginReply {
  const { given } = request;
  const frame = wordsFor(request.acceptLanguage);
  const asked = readAsked(platform.directory, given);
  if (typeof asked === "string") return { status: 400, html: wrongPage(frame, asked) };
  const view = { ...frame, ...viewOf(asked, given) };
  const people = [...listPeople(platform.directory)].sort((a, b) => rank(asked, a) - rank(asked, b));
  const showCode = (chosen: string | null, fault: string | null): LoginReply => ({
    status: 200,
    html: scanPage(view, people.slice(0, SHOWN), chosen, fault),
  });
  if (request.method !== "POST") return showCode(request.holder ?? null, null);

  const person = people.find(({ who }) => who === given.get("who"));
  if (!person) return showCode(null, null);
  const organisation = frame.lang === "en" ? asked.organisation.nameEn : asked.organisation.name;
  const fault = faultOf(asked, person);
  if (fault) return showCode(person.who, frame.words[fault](person.name, organisation));
  const step = given.get("step");
  if (step === "agree") return { status: 302, location: wayBack(asked, codeFor(platform, asked, person)) };
  if (step === "refuse") return { status: 302, location: wayBack(asked, { error: REFUSED }) };
  return { status: 200, html: consentPage(view, person, asked.withCorp ? organisation : null) };
}

/** Those whom the application can let in come first. */
const rank = (asked: Asked, { corpId }: Person): number => (corpId === asked.organisation.corpId ? 0 : 1);

function faultOf({ organisation }: Asked, person: Person): "notMember" | "notActive" | null {
  if (person.corpId !== organisation.corpId) return "notMember";
  return person.active ? null : "notActive";
}

function codeFor({ codes }: OpenPlatform, { app, withCorp }: Asked, { corpId, userid }: Person) {
  const { code } = codes.mint({ kind: "oauth", corpId, userid, appKey: app.appKey, withCorp });
  return { code, authCode: code };
}

function viewOf(asked: Asked, given: URLSearchParams): Pick<SignInView, "appName" | "kept" | "code"> {
  const kept = ASKED.flatMap((name): [string, string][] => {
    const value = given.get(name);
    return value === null ? [] : [[name, value]];
  });
  const code = `https://login.dingtalk.com/qr?${new URLSearchParams({ client_id: asked.app.appKey }).toString()}`;
  return { appName: asked.app.name, kept, code };
}
