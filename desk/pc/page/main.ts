import { openBridge } from "./bridge";
import { leadToLogin } from "./login";
import { nameClient } from "./navigator";
import { tellPlace } from "./place";
import type { PageSettings } from "./settings";

declare const __desk: PageSettings;

nameClient(__desk);
if (__desk.surface === "browser") leadToLogin(__desk);
else openBridge(__desk);
tellPlace(__desk);
