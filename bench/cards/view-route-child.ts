import { runAsChild } from "../child";
import { measureViewRoute } from "./view-route";

runAsChild(measureViewRoute);
