import { z } from "zod";
import { CorpId } from "../../core/contract/id";
import { PcOpening } from "../../core/contract/session/launch";
import { AppError } from "../errors";
import { Secret } from "../secret";
import { command, readSecret } from "./command";

const corpId = { about: "DingTalk's id of the organisation, e.g. ding0a1b2c3d", required: true };

export const enterpriseCommands = {
  "enterprise add": command({
    about: "Connects a DingTalk organisation by its internal app. The app's secret comes on standard input.",
    options: {
      "corp-id": corpId,
      "client-id": { about: "the app's Client ID (formerly AppKey)", required: true },
      "client-secret": { about: "the app's Client Secret, where standard input cannot be used" },
      name: { about: "the organisation's name; asked from DingTalk where absent" },
    },
    input: z.object({
      "corp-id": CorpId,
      "client-id": z.string().trim().min(1),
      "client-secret": z.string().optional(),
      name: z.string().trim().min(1).max(200).optional(),
    }),
    run: async (domain, input, terminal) => {
      const secret = await readSecret(
        input["client-secret"],
        { name: "app's secret", option: "client-secret" },
        terminal,
      );
      const enterprise = await domain.enterprises
        .add({
          corpId: input["corp-id"],
          clientId: input["client-id"],
          clientSecret: new Secret(secret),
          name: input.name,
        })
        .catch((error: unknown) => {
          throw explained(error);
        });
      terminal.print(`${enterprise.name} (${enterprise.corpId}) is connected.`);
    },
  }),

  "enterprise list": command({
    about: "Shows the connected organisations.",
    options: {},
    input: z.object({}),
    run: async (domain, _input, terminal) => {
      const enterprises = await domain.enterprises.list();
      if (enterprises.length === 0) terminal.print("No organisation is connected yet.");
      for (const { corpId: id, name, state, pcOpening, createdAt } of enterprises) {
        terminal.print(`${id}  ${state}  since ${createdAt.toISOString().slice(0, 10)}  on PC: ${pcOpening}  ${name}`);
      }
    },
  }),

  "enterprise pc": command({
    about: "Sets where an organisation's app opens on PC: in DingTalk's Workbench or in the system browser.",
    options: { "corp-id": corpId, opening: { about: "workbench or browser", required: true } },
    input: z.object({ "corp-id": CorpId, opening: PcOpening }),
    run: async (domain, input, terminal) => {
      const enterprise = await domain.enterprises.openOnPc(input["corp-id"], input.opening);
      const where = input.opening === "browser" ? "the system browser" : "the Workbench";
      terminal.print(`On PC, the app of ${enterprise.name} (${enterprise.corpId}) opens in ${where}.`);
    },
  }),

  "enterprise revoke": command({
    about: "Withdraws an organisation's authorisation: its members are signed out at once, its key is forgotten.",
    options: { "corp-id": corpId },
    input: z.object({ "corp-id": CorpId }),
    run: async (domain, input, terminal) => {
      const enterprise = await domain.enterprises.revoke(input["corp-id"]);
      terminal.print(`${enterprise.name} (${enterprise.corpId}) is no longer authorised.`);
    },
  }),
};

/** Operators see what DingTalk itself said: it names the missing permission point or the address to allow. */
function explained(error: unknown): unknown {
  if (!(error instanceof AppError) || !(error.cause instanceof Error)) return error;
  const hint = error.code === "dingtalk_failed" ? " Check the CorpId, and that this machine reaches DingTalk." : "";
  return new AppError(error.code, `${error.message}${hint} DingTalk: ${error.cause.message}`, { cause: error });
}
