import { cloneObject, isFields } from "../json";
import type { Api, Apis } from "./api";

/** https://open.dingtalk.com/document/development/dd-createanimation */
const STEPS = [
  ...["opacity", "backgroundColor", "width", "height", "top", "left", "bottom", "right"],
  ...["rotate", "rotateX", "rotateY", "rotateZ", "rotate3d", "scale", "scaleX", "scaleY", "scaleZ", "scale3d"],
  ...[
    "translate",
    "translateX",
    "translateY",
    "translateZ",
    "translate3d",
    "skew",
    "skewX",
    "skewY",
    "matrix",
    "matrix3d",
  ],
];

const DEFAULTS = { duration: 400, timeFunction: "linear", delay: 0, transformOrigin: "50% 50% 0" };

interface Group {
  animates: { type: string; args: unknown[] }[];
  option: object;
}

/**
 * `dd.createAnimation`: `export()` gives `{ actions: [{ animates: [{ type, args }], option }] }`, one action per `step()`,
 * for the `animation` attribute; the option has duration and delay in milliseconds, timeFunction and transformOrigin.
 */
export const createAnimation: Api = (given) => {
  const base = { ...DEFAULTS, ...options(given) };
  let actions: Group[] = [];
  let animates: Group["animates"] = [];
  const animation: Apis = {};
  for (const type of STEPS) {
    animation[type] = (...args) => {
      animates.push({ type, args });
      return animation;
    };
  }
  animation["step"] = (changed) => {
    actions.push({ animates, option: { ...base, ...options(changed) } });
    animates = [];
    return animation;
  };
  animation["export"] = () => {
    const exported = { actions };
    actions = [];
    return exported;
  };
  return animation;
};

function options(given: unknown): object {
  return isFields(given) ? cloneObject(given, "dd.createAnimation", "drop") : {};
}
