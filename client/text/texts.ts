import type { ClientErrorCode } from "../api/error";

/** What a person reads of a failure: what happened, and what to do next. */
export interface ErrorText {
  title: string;
  advice: string;
}

/** Every text of the clients in one language. What is a function is filled in by a store, so that views stay plain data. */
export interface Texts {
  productName: string;
  reports: {
    title: string;
    search: string;
    tabs: { all: string; favourite: string; recent: string };
    empty: { all: ErrorText; favourite: ErrorText; recent: ErrorText; search: ErrorText };
    updated: (moment: string) => string;
    opened: (moment: string) => string;
    from: (enterprise: string) => string;
    count: (total: number) => string;
    cancel: string;
  };
  report: {
    dataAsOf: (moment: string) => string;
    refreshFailed: string;
    favourite: string;
    unfavourite: string;
    emptyCard: string;
    /** Below the table that stands for a card of a kind that this client does not draw. */
    unknownVisual: string;
    emptyReport: ErrorText;
    previous: string;
    more: (left: number) => string;
    truncated: (rows: number) => string;
    rows: (rows: number) => string;
    chooseFirst: (filters: string[]) => string;
  };
  filters: {
    title: string;
    all: string;
    from: string;
    to: string;
    least: string;
    most: string;
    search: string;
    loading: string;
    failed: string;
    nothing: string;
    truncated: string;
    clear: string;
    reset: string;
    apply: string;
    top: string;
  };
  signIn: {
    starting: string;
    signedOut: ErrorText;
    signIn: string;
    retry: string;
    bind: string;
    notBound: (member: string, enterprise: string) => ErrorText;
    ask: (names: string) => string;
  };
  bind: {
    title: string;
    intro: (member: string, enterprise: string) => string;
    login: string;
    loginHint: string;
    password: string;
    passwordHint: string;
    submit: string;
    sending: string;
    missing: string;
    noTicket: ErrorText;
    ask: (names: string) => string;
    /** Opened by a link that a computer shows as a QR code. */
    byLink: {
      opening: string;
      question: (names: { member: string; enterprise: string; account: string; login: string }) => string;
      hint: string;
      yes: string;
      no: string;
      refusing: string;
      refused: ErrorText;
      otherEnterprise: ErrorText;
      memberBound: ErrorText;
      toReports: string;
    };
  };
  me: {
    title: string;
    account: string;
    enterprise: string;
    departments: string;
    role: string;
    roles: { administrator: string; editor: string; viewer: string; owner: string; none: string };
    language: string;
    switchEnterprise: string;
    signOut: string;
    signOutQuestion: string;
    cancel: string;
  };
  retryAfter: (seconds: number) => string;
  errors: Record<ClientErrorCode, ErrorText>;
}
