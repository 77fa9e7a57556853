import { z } from "zod";
import { Secret } from "../secret";
import { command, readSecret } from "./command";

export const secretCommands = {
  "secret rotate": command({
    about:
      "Encrypts all stored secrets with the APP_SECRET_KEY of the environment. The earlier key comes on standard input. Stop the servers first.",
    options: { "old-key": { about: "the earlier APP_SECRET_KEY, where standard input cannot be used" } },
    input: z.object({ "old-key": z.string().optional() }),
    anyKey: true,
    run: async (domain, input, terminal) => {
      const earlier = await readSecret(input["old-key"], { name: "earlier key", option: "old-key" }, terminal);
      const count = await domain.rotateSecrets(new Secret(earlier));
      terminal.print(`${count} ${count === 1 ? "secret is" : "secrets are"} encrypted with the new key.`);
    },
  }),
};
