import { textsOf } from "../../client/text/text";
import { browserTextsOf } from "./shared";

it.each(["zh-CN", "en-US"] as const)("never tells a browser's reader to pull the page down (%s)", (language) => {
  const advice = JSON.stringify(browserTextsOf(language).errors);

  expect(advice).not.toMatch(/pull to refresh|下拉/i);
  expect(JSON.stringify(textsOf(language).errors)).toMatch(/pull to refresh|下拉/i);
  expect(Object.keys(browserTextsOf(language).errors)).toEqual(Object.keys(textsOf(language).errors));
});
