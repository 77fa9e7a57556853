import { useStage } from "./stage.testing";

jest.setTimeout(30_000);

const stage = useStage({ folder: __dirname, chromePath: process.env["CHROME_PATH"], touch: true });

/** What a finger does to a control, and the events that the page then has heard. */
const TAPS: [rule: string, axml: string, act: string[], heard: [string, unknown][]][] = [
  [
    "a checkbox tells its state and its group the chosen values",
    "<checkbox-group onChange='group'><label id='l'><checkbox id='a' value='A' checked onChange='own' />label</label><checkbox id='b' value='B' /></checkbox-group>",
    ["#b", "#a", "#l"],
    [
      ["group", { value: ["A", "B"] }],
      ["own", { value: false }],
      ["group", { value: ["B"] }],
      ["own", { value: true }],
      ["group", { value: ["A", "B"] }],
    ],
  ],
  [
    "a radio unchecks the others of its group",
    "<radio-group onChange='group'><radio id='a' value='A' checked /><radio id='b' value='B' /><radio id='c' value='C' disabled /></radio-group>",
    ["#b", "#b", "#c", "#a"],
    [
      ["group", { value: "B" }],
      ["group", { value: "A" }],
    ],
  ],
  [
    "a switch turns, unless disabled",
    "<switch id='a' onChange='a' /><switch id='b' checked onChange='b' /><switch id='c' disabled onChange='c' />",
    ["#a", "#a", "#b", "#c"],
    [
      ["a", { value: true }],
      ["a", { value: false }],
      ["b", { value: false }],
    ],
  ],
  [
    "a label acts on the control that it names",
    "<label id='l' for='s'>name</label><switch id='s' onChange='change' />",
    ["#l"],
    [["change", { value: true }]],
  ],
];

test.each(TAPS)("%s", async (_rule, axml, act, heard) => {
  await stage.show(axml);
  for (const selector of act) await stage.tap(selector);
  expect(await stage.details()).toEqual(heard);
});

describe("fields", () => {
  it("start with their value, tell what is typed, and follow the data when they change", async () => {
    await stage.show(
      "<input id='i' value='{{v}}' onInput='input' onFocus='focus' onBlur='blur' onConfirm='confirm' maxlength='5' placeholder='p' />",
      { data: { v: "ab" } },
    );
    const input = stage.page.locator("#i");
    expect(await input.inputValue()).toBe("ab");
    await input.focus();
    await input.press("End");
    await input.pressSequentially("cdefg");
    await input.press("Enter");
    await input.blur();
    expect(await stage.details()).toEqual([
      ["focus", { value: "ab" }],
      ["input", { value: "abc" }],
      ["input", { value: "abcd" }],
      ["input", { value: "abcde" }],
      ["confirm", { value: "abcde" }],
      ["blur", { value: "abcde" }],
    ]);
    await stage.setData([{ path: ["other"], value: 1 }]);
    expect(await input.inputValue()).toBe("abcde");
    await stage.setData([{ path: ["v"], value: "new" }]);
    expect(await input.inputValue()).toBe("new");
  });

  it("hide passwords and obey disabled", async () => {
    await stage.show(
      "<input id='p' password /><input id='d' disabled='{{true}}' /><textarea id='t' value='two\nlines' />",
    );
    expect(await stage.page.locator("#p").getAttribute("type")).toBe("password");
    expect(await stage.page.locator("#d").isDisabled()).toBe(true);
    expect(await stage.page.locator("#t").inputValue()).toBe("two\nlines");
  });

  it("hear of a composed text once it is composed", async () => {
    await stage.show("<input id='i' onInput='input' />");
    await stage.page.locator("#i").focus();
    const session = await stage.page.context().newCDPSession(stage.page);
    await session.send("Input.imeSetComposition", { text: "bei", selectionStart: 3, selectionEnd: 3 });
    expect(await stage.details()).toEqual([]);
    await session.send("Input.insertText", { text: "北" });
    expect((await stage.details()).at(-1)).toEqual(["input", { value: "北" }]);
  });
});

it("a web-view covers its page and hands its messages over", async () => {
  await stage.show("<view>under</view><web-view id='w' src='about:blank' onMessage='said' />");
  expect(await stage.page.locator("web-view iframe").boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 600 });
  await stage.page.evaluate(() => {
    const frame = window.stage.view.pageElement("p1")?.page.querySelector("iframe");
    if (frame) window.stage.view.elements.trigger(frame, "message", { hello: 1 });
  });
  expect(await stage.details()).toEqual([["said", { hello: 1 }]]);
});

it("a tap beside a field ends its input, one on its label begins it", async () => {
  await stage.show(
    "<label id='l'>name<input id='i' onFocus='focus' onBlur='blur' /></label><view id='v' style='height:40px' onTap='tap'>v</view>",
  );
  await stage.page.locator("#l").tap({ position: { x: 5, y: 5 } });
  await stage.page.waitForFunction(() => window.stage.heard.some((m) => m.type === "event"));
  await stage.tap("#v");
  expect((await stage.details()).map(([name]) => name)).toEqual(["focus", "blur", "tap"]);
});

describe("a form", () => {
  const FORM =
    "<form onSubmit='submit' onReset='reset'><input name='name' value='Ann' /><textarea name='note' /><switch name='on' checked />" +
    "<slider name='n' value='30' /><checkbox-group name='boxes'><checkbox value='x' checked /><checkbox id='y' value='y' /></checkbox-group>" +
    "<radio-group name='one'><radio value='p' checked /></radio-group><picker name='pick' range='{{[1, 2]}}' value='{{1}}'>p</picker>" +
    "<button id='go' form-type='submit'>go</button><button id='undo' formType='reset'>undo</button></form>";

  it("submits its named values", async () => {
    await stage.show(FORM);
    await stage.page.locator("input").fill("Bo");
    await stage.tap("#y");
    await stage.tap("#go");
    expect(await stage.details()).toEqual([
      [
        "submit",
        {
          value: { name: "Bo", note: "", on: true, n: 30, boxes: ["x", "y"], one: "p", pick: 1 },
          buttonTarget: {},
        },
      ],
    ]);
  });

  it("resets to what the template gave", async () => {
    await stage.show(FORM);
    await stage.page.locator("input").fill("Bo");
    await stage.tap("#y");
    await stage.tap("#undo");
    await stage.page.evaluate(() => window.stage.settled());
    await stage.tap("#go");
    const [reset, submit] = await stage.details();
    expect(reset?.[0]).toBe("reset");
    expect(submit?.[1]).toMatchObject({ value: { name: "Ann", boxes: ["x"] } });
  });
});

describe("a picker", () => {
  const AXML = "<picker id='p' range='{{list}}' range-key='name' value='{{0}}' onChange='picked'>choose</picker>";
  const DATA = { list: [{ name: "One" }, { name: "Two" }] };

  it("rises with its list and takes the marked entry on done", async () => {
    await stage.show(AXML, { data: DATA });
    await stage.tap("#p");
    expect(await stage.page.getByRole("option").allInnerTexts()).toEqual(["One", "Two"]);
    await stage.page.getByRole("option", { name: "Two" }).tap();
    await stage.page.getByText("确定").tap();
    expect(await stage.details()).toEqual([["picked", { value: 1 }]]);
    expect(await stage.page.getByRole("option").count()).toBe(0);
  });

  it("changes nothing when cancelled", async () => {
    await stage.show(AXML, { data: DATA });
    await stage.tap("#p");
    await stage.page.getByText("取消").tap();
    expect(await stage.details()).toEqual([]);
  });
});
