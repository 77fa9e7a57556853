import type { Json } from "../protocol";
import { useStage, RED_DOT } from "./stage.testing";

jest.setTimeout(30_000);

const stage = useStage({ folder: __dirname, chromePath: process.env["CHROME_PATH"] }, (opened) =>
  opened.show("<canvas id='c' width='40' height='20' style='width:20px;height:10px' /><view id='v' />"),
);

const RED_THEN_BLUE: [number, string][] = [
  [0, "red"],
  [0.5, "red"],
  [0.5, "blue"],
  [1, "blue"],
];

const draw = (actions: Json[][], reserve = false): Promise<void> =>
  stage.page.evaluate(
    ([list, kept]) =>
      window.stage.view.drawCanvas({
        type: "canvasDraw",
        pageId: "p1",
        canvasId: "c",
        actions: list as Json[][],
        reserve: kept as boolean,
        callId: 1,
      }),
    [actions as unknown, reserve as unknown],
  );

const pixel = async (x: number, y: number): Promise<unknown> =>
  stage.page.evaluate(
    ([left = 0, top = 0]) =>
      window.stage.view.canvasGetImageData("p1", "c", { x: left, y: top, width: 1, height: 1 })["data"],
    [x, y],
  );

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];
const NONE = [0, 0, 0, 0];
const fill = (color: Json, ...rectangle: number[]): Json[][] => [
  ["setFillStyle", color],
  ["fillRect", ...rectangle],
];

/** Actions on an empty canvas of 40 x 20 pixels, and the colour of some pixels. */
const DRAWINGS: [rule: string, actions: Json[][], pixels: [x: number, y: number, color: number[]][]][] = [
  [
    "coordinates are the canvas's own pixels",
    fill("red", 30, 10, 10, 10),
    [
      [39, 19, RED],
      [29, 10, NONE],
    ],
  ],
  [
    "paths are filled and clipped",
    [["beginPath"], ["rect", 0, 0, 10, 20], ["clip"], ...fill("blue", 0, 0, 40, 20)],
    [
      [9, 10, BLUE],
      [11, 10, NONE],
    ],
  ],
  [
    "lines have their width",
    [["setStrokeStyle", "red"], ["setLineWidth", 4], ["moveTo", 0, 10], ["lineTo", 40, 10], ["stroke"]],
    [
      [20, 9, RED],
      [20, 14, NONE],
    ],
  ],
  [
    "save and restore nest",
    [["setFillStyle", "red"], ["save"], ["setFillStyle", "blue"], ["restore"], ["fillRect", 0, 0, 5, 5]],
    [[1, 1, RED]],
  ],
  [
    "translate, scale and rotate move what follows",
    [["translate", 20, 0], ["scale", 2, 1], ...fill("red", 0, 0, 5, 5)],
    [
      [29, 2, RED],
      [31, 2, NONE],
      [19, 2, NONE],
    ],
  ],
  [
    "linear gradients run between their points",
    fill(
      {
        gradient: "linear",
        args: [0, 0, 40, 0],
        stops: RED_THEN_BLUE,
      },
      0,
      0,
      40,
      20,
    ),
    [
      [5, 5, RED],
      [35, 5, BLUE],
    ],
  ],
  [
    "circular gradients run from their centre",
    fill(
      {
        gradient: "circular",
        args: [20, 10, 10],
        stops: RED_THEN_BLUE,
      },
      0,
      0,
      40,
      20,
    ),
    [
      [20, 10, RED],
      [28, 10, BLUE],
    ],
  ],
  [
    "shadows fall",
    [["setShadow", 10, 0, 0, "blue"], ...fill("red", 0, 0, 5, 5)],
    [
      [2, 2, RED],
      [12, 2, BLUE],
    ],
  ],
  ["alpha is global", [["setGlobalAlpha", 0], ...fill("red", 0, 0, 5, 5)], [[1, 1, NONE]]],
  [
    "images are loaded before they are drawn",
    [["drawImage", RED_DOT, 0, 0, 10, 10]],
    [
      [5, 5, RED],
      [15, 5, NONE],
    ],
  ],
  [
    "transforms of the real client work",
    [["setTransform", 1, 0, 0, 1, 10, 0], ...fill("red", 0, 0, 5, 5)],
    [
      [12, 2, RED],
      [2, 2, NONE],
    ],
  ],
  [
    "properties of the real client are set",
    [...fill("red", 0, 0, 10, 10), ["globalCompositeOperation", "destination-over"], ...fill("blue", 0, 0, 40, 20)],
    [
      [5, 5, RED],
      [20, 15, BLUE],
    ],
  ],
];

test.each(DRAWINGS)("canvas: %s", async (_rule, actions, pixels) => {
  await draw(actions);
  for (const [x, y, color] of pixels) expect(await pixel(x, y)).toEqual(color);
});

it("clears and forgets its settings at draw(), unless it reserves", async () => {
  await draw(fill("red", 0, 0, 10, 10));
  await draw([["fillRect", 20, 0, 10, 10]], true);
  expect([await pixel(5, 5), await pixel(25, 5)]).toEqual([RED, RED]);
  await draw([["fillRect", 20, 0, 10, 10]]);
  expect([await pixel(5, 5), await pixel(25, 5)]).toEqual([NONE, [0, 0, 0, 255]]);
});

it("keeps the font's family when the size changes", async () => {
  await draw([["setFontSize", 17]]);
  const font = await stage.page.locator("#c").evaluate((node) => (node as HTMLCanvasElement).getContext("2d")?.font);
  expect(font).toBe("17px sans-serif");
});

it("draws one after the other while images load", async () => {
  await Promise.all([draw([["drawImage", RED_DOT, 0, 0, 40, 20]]), draw(fill("blue", 0, 0, 10, 20), true)]);
  expect([await pixel(5, 5), await pixel(30, 5)]).toEqual([BLUE, RED]);
});

it("hands out its pixels and pictures, and takes pixels", async () => {
  await draw(fill("red", 0, 0, 10, 10));
  const picture = await stage.page.evaluate(async () => {
    const url = await window.stage.view.canvasToTempFilePath("p1", "c", {
      x: 0,
      y: 0,
      width: 10,
      height: 10,
      destWidth: 20,
      destHeight: 30,
    });
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    return { scheme: url.slice(0, 5), width: bitmap.width, height: bitmap.height };
  });
  expect(picture).toEqual({ scheme: "blob:", width: 20, height: 30 });
  await stage.page.evaluate(() =>
    window.stage.view.canvasPutImageData("p1", "c", { x: 0, y: 0, width: 1, height: 1, data: [1, 2, 3, 255] }),
  );
  expect(await pixel(0, 0)).toEqual([1, 2, 3, 255]);
});

it("refuses canvases and methods that are not there, by name", async () => {
  await expect(draw([["measureText", "x"]])).rejects.toThrow("measureText is not supported");
  const lost = stage.page.evaluate(() =>
    window.stage.view.drawCanvas({
      type: "canvasDraw",
      pageId: "p1",
      canvasId: "v",
      actions: [],
      reserve: false,
      callId: 2,
    }),
  );
  await expect(lost).rejects.toThrow('no canvas with the id "v"');
});

it("says when a picture cannot be loaded, and draws the rest", async () => {
  await draw([["drawImage", "/none.png", 0, 0], ...fill("red", 0, 0, 5, 5)]);
  expect(await pixel(2, 2)).toEqual(RED);
  expect(await stage.exceptions()).toEqual(["canvas: /none.png could not be loaded"]);
});
