import { h } from "preact";
import type { ComponentChild, ComponentChildren } from "preact";
import type { ElementInfo } from "../node";
import { Button } from "./control/button";
import { Canvas } from "./canvas";
import { Checkbox, CheckboxGroup } from "./control/checkbox";
import { domProps } from "./dom";
import type { BuiltIn } from "./dom";
import { faultBox } from "./fault-box";
import { Form } from "./control/form";
import { Icon } from "./icon";
import { Image } from "./image";
import { Input } from "./control/input";
import { Label } from "./control/label";
import { MovableView } from "./movable-view";
import { Navigator } from "./navigator";
import { Picker } from "./control/picker";
import { PickerView } from "./control/picker-view";
import { Progress } from "./progress";
import { Radio, RadioGroup } from "./control/radio";
import { RichText } from "./rich-text";
import { ScrollView } from "./scroll-view";
import { Slider } from "./control/slider";
import { Swiper } from "./swiper";
import { Switch } from "./control/switch";
import { drawText } from "./text";
import { Textarea } from "./control/textarea";
import { View } from "./view";
import { WebView } from "./web-view";

/** Elements without behaviour of their own. */
const PLAIN: ReadonlySet<string> = new Set(["swiper-item", "movable-area", "picker-view-column", "cover-view"]);

const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  view: View,
  image: Image,
  "cover-image": Image,
  "scroll-view": ScrollView,
  swiper: Swiper,
  icon: Icon,
  progress: Progress,
  navigator: Navigator,
  checkbox: Checkbox,
  "checkbox-group": CheckboxGroup,
  radio: Radio,
  "radio-group": RadioGroup,
  switch: Switch,
  slider: Slider,
  picker: Picker,
  "picker-view": PickerView,
  "movable-view": MovableView,
  "rich-text": RichText,
  "web-view": WebView,
  input: Input,
  textarea: Textarea,
  button: Button,
  form: Form,
  label: Label,
  canvas: Canvas,
};

/** Attributes and events of a view that need more than a DOM element. */
const WATCHED = ["appear", "disappear", "firstAppear"];

function isPlainView(info: ElementInfo): boolean {
  return info.tag === "view" && !WATCHED.some((type) => info.events[type]) && !("animation" in info.attributes);
}

/** One element of a template. A tag that this view does not have shows a red box and is reported by name. */
export function drawElement(info: ElementInfo, children: ComponentChildren[], key: string | undefined): ComponentChild {
  const keyed = key === undefined ? {} : { key };
  if (PLAIN.has(info.tag) || isPlainView(info)) return h(info.tag, { ...domProps(info), ...keyed }, children);
  if (info.tag === "text") return drawText(info, children, keyed);
  const builtIn = BUILT_IN[info.tag];
  if (builtIn) return h(builtIn, { info, ...keyed }, children);
  const message = `<${info.tag}> is not supported by this mini program host.`;
  info.frame.page.fault(`${message} (${info.frame.path})`);
  return faultBox(message);
}
