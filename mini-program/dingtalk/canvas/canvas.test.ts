import { recordingCanvas, type Call } from "../client.testing";
import { Context2D } from "./context";
import { arcCurves, dashed, flatten, sweepOf, type Segment } from "./path";

function draw(how: (context: Context2D) => void): Call[] {
  const { context, calls } = recordingCanvas();
  how(new Context2D(context));
  return calls;
}

const named = (calls: Call[], ...names: string[]) => calls.filter(([name]) => names.includes(name));

describe("the transformation", () => {
  it.each<[string, (context: Context2D) => void, [number, number]]>([
    ["none", () => undefined, [3, 4]],
    ["a scale", (context) => context.scale(2, 3), [6, 12]],
    ["a move", (context) => context.translate(10, 20), [13, 24]],
    ["a turn", (context) => context.rotate(Math.PI / 2), [-4, 3]],
    ["a scale and then a move in it", (context) => (context.scale(2, 2), context.translate(1, 1)), [8, 10]],
    ["a matrix", (context) => context.transform(1, 0, 1, 1, 0, 0), [7, 4]],
    [
      "a matrix instead of all before",
      (context) => (context.scale(9, 9), context.setTransform(1, 0, 0, 1, 1, 1)),
      [4, 5],
    ],
    ["what was saved", (context) => (context.save(), context.scale(9, 9), context.restore()), [3, 4]],
  ])("with %s lands in the canvas's own pixels", (_case, prepare, expected) => {
    const calls = draw((context) => {
      prepare(context);
      context.beginPath();
      context.moveTo(3, 4);
      context.stroke();
    });
    expect(named(calls, "moveTo")[0]?.slice(1)).toEqual(expected);
  });

  it("makes lines and letters as much larger as everything else", () => {
    const calls = draw((context) => {
      context.scale(3, 3);
      context.lineWidth = 2;
      context.font = "bold 12px sans-serif";
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(1, 0);
      context.stroke();
      context.fillText("报表", 1, 2);
    });
    expect(named(calls, "setLineWidth", "setFontSize", "fillText")).toEqual([
      ["setLineWidth", 6],
      ["setFontSize", 36],
      ["fillText", "报表", 3, 6],
    ]);
  });

  it("turns letters by the documented rotate", () => {
    const calls = draw((context) => {
      context.translate(10, 20);
      context.rotate(Math.PI / 4);
      context.fillText("x", 0, 0);
    });
    const names = calls.map(([name]) => name);
    expect(names.slice(-5)).toEqual(["save", "translate", "rotate", "fillText", "restore"]);
    expect(named(calls, "rotate")[0]?.[1]).toBeCloseTo(Math.PI / 4);
  });
});

describe("settings", () => {
  it("are sent when they change, not with every drawing", () => {
    const calls = draw((context) => {
      for (const colour of ["#111", "#111", "#222"]) {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
      }
    });
    expect(named(calls, "setFillStyle")).toEqual([
      ["setFillStyle", "#111"],
      ["setFillStyle", "#222"],
    ]);
  });

  it("come back with restore, and are sent again where the native context lost them", () => {
    const calls = draw((context) => {
      context.fillStyle = "#111";
      context.fillRect(0, 0, 1, 1);
      context.save();
      context.fillStyle = "#222";
      context.globalAlpha = 0.5;
      context.fillRect(0, 0, 1, 1);
      context.restore();
      context.fillRect(0, 0, 1, 1);
      context.fillStyle = "#222";
      context.fillRect(0, 0, 1, 1);
    });
    expect(named(calls, "setFillStyle").map(([, colour]) => colour)).toEqual(["#111", "#222", "#222"]);
    expect(named(calls, "setGlobalAlpha").map(([, alpha]) => alpha)).toEqual([1, 0.5]);
  });

  it("of shadows are taken back after the one that cast them", () => {
    const calls = draw((context) => {
      context.fillRect(0, 0, 1, 1);
      context.shadowBlur = 10;
      context.shadowColor = "rgba(0,0,0,.2)";
      context.fillRect(0, 0, 1, 1);
      context.shadowBlur = 0;
      context.fillRect(0, 0, 1, 1);
    });
    expect(named(calls, "setShadow").map(([, , , blur]) => blur)).toEqual([10, 0]);
  });
});

describe("gradients", () => {
  it("are made in the canvas's pixels, with their stops", () => {
    const calls = draw((context) => {
      context.scale(2, 2);
      const gradient = context.createLinearGradient(0, 1, 0, 5);
      gradient.addColorStop(0, "#fff");
      gradient.addColorStop(1, "#000");
      context.fillStyle = gradient;
      context.fillRect(0, 0, 10, 10);
    });
    expect(named(calls, "setFillStyle")[0]?.[1]).toMatchObject({
      kind: "linear",
      args: [0, 2, 0, 10],
      stops: [
        [0, "#fff"],
        [1, "#000"],
      ],
    });
  });

  it("that run round become DingTalk's circular ones", () => {
    const calls = draw((context) => {
      context.scale(2, 2);
      context.strokeStyle = context.createRadialGradient(0, 0, 0, 3, 4, 5);
      context.strokeRect(0, 0, 1, 1);
    });
    expect(named(calls, "setStrokeStyle")[0]?.[1]).toMatchObject({ kind: "circular", args: [6, 8, 10] });
  });
});

describe("paths", () => {
  it("are sent once where they are filled and then stroked", () => {
    const calls = draw((context) => {
      context.beginPath();
      context.rect(0, 0, 2, 2);
      context.fill();
      context.stroke();
    });
    expect(named(calls, "beginPath", "fill", "stroke").map(([name]) => name)).toEqual(["beginPath", "fill", "stroke"]);
  });

  it("go on after a rectangle was filled aside", () => {
    const calls = draw((context) => {
      context.beginPath();
      context.moveTo(1, 1);
      context.fillRect(5, 5, 1, 1);
      context.lineTo(2, 2);
      context.stroke();
    });
    const last = calls.map(([name]) => name).lastIndexOf("beginPath");
    expect(named(calls.slice(last), "moveTo", "lineTo")).toEqual([
      ["moveTo", 1, 1],
      ["lineTo", 2, 2],
    ]);
  });

  it("start where they first go, without a moveTo", () => {
    const calls = draw((context) => {
      context.beginPath();
      context.arc(0, 0, 10, 0, Math.PI);
      context.stroke();
    });
    expect(named(calls, "moveTo", "lineTo")).toEqual([["moveTo", 10, 0]]);
  });

  it("clip", () => {
    const calls = draw((context) => {
      context.beginPath();
      context.rect(0, 0, 5, 5);
      context.clip();
    });
    expect(calls[calls.length - 1]).toEqual(["clip"]);
  });

  it("of quadratic curves are the same as cubic ones", () => {
    const calls = draw((context) => {
      context.beginPath();
      context.moveTo(0, 0);
      context.quadraticCurveTo(3, 6, 6, 0);
      context.stroke();
    });
    expect(named(calls, "bezierCurveTo")).toEqual([["bezierCurveTo", 2, 4, 4, 4, 6, 0]]);
  });

  it("clear what they are told to, in pixels", () => {
    expect(draw((context) => (context.scale(2, 2), context.clearRect(1, 1, 10, 5)))).toEqual([
      ["clearRect", 2, 2, 20, 10],
    ]);
  });
});

describe("arcs", () => {
  const arc = { x: 0, y: 0, rx: 10, ry: 10, rotation: 0, start: 0, end: 0, anticlockwise: false };

  it.each([
    [0, Math.PI, false, Math.PI],
    [0, Math.PI, true, -Math.PI],
    [0, 7, false, Math.PI * 2],
    [7, 0, true, -Math.PI * 2],
    [-Math.PI / 2, 0, false, Math.PI / 2],
    [Math.PI, 0, false, Math.PI],
  ])("from %f to %f (anticlockwise: %s) run %f", (start, end, anticlockwise, sweep) => {
    expect(sweepOf({ start, end, anticlockwise })).toBeCloseTo(sweep);
  });

  it.each([
    ["a circle", arc],
    ["a small part", { ...arc, start: 1, end: 1.2 }],
    ["the long way round", { ...arc, start: 1, end: 0.5 }],
    ["backwards", { ...arc, start: 3, end: 1, anticlockwise: true }],
  ])("of %s stay within a thousandth of the true outline", (_case, part) => {
    const whole = { ...part, end: part.end || Math.PI * 2 };
    const segments = arcCurves(whole).reduce<Segment[]>(
      (all, [from, c1, c2, to]) => [...all, { op: "moveTo", to: from }, { op: "bezierCurveTo", c1, c2, to }],
      [],
    );
    for (const [x, y] of flatten(segments).flat()) expect(Math.abs(Math.hypot(x, y) - 10)).toBeLessThan(0.01);
  });

  it("of a turned ellipse reach its far ends", () => {
    const curves = arcCurves({ ...arc, rx: 10, ry: 5, rotation: Math.PI / 2, end: Math.PI * 2 });
    expect(curves[0]?.[0][0]).toBeCloseTo(0);
    expect(curves[0]?.[0][1]).toBeCloseTo(10);
    expect(curves[1]?.[0][0]).toBeCloseTo(-5);
  });
});

describe("dashes", () => {
  const line: Segment[] = [
    { op: "moveTo", to: [0, 0] },
    { op: "lineTo", to: [10, 0] },
  ];
  const ends = (segments: Segment[]) => segments.map((segment) => (segment.op === "closePath" ? [] : segment.to[0]));

  it.each([
    ["a pattern", [4, 2], 0, [0, 4, 6, 10]],
    ["an offset", [4, 2], 5, [1, 5, 7, 10]],
    ["an odd pattern, which repeats", [3], 0, [0, 3, 6, 9]],
  ])("split a line by %s", (_case, pattern, offset, expected) => {
    expect(ends(dashed(line, pattern, offset))).toEqual(expected);
  });

  it("run on round corners", () => {
    const corner: Segment[] = [...line, { op: "lineTo", to: [10, 10] }];
    const pieces = flatten(dashed(corner, [12, 4], 0));
    expect(pieces).toEqual([
      [
        [0, 0],
        [10, 0],
        [10, 2],
      ],
      [
        [10, 6],
        [10, 10],
      ],
    ]);
  });

  it("follow curves and closed paths", () => {
    const closed: Segment[] = [
      { op: "moveTo", to: [0, 0] },
      { op: "lineTo", to: [4, 0] },
      { op: "bezierCurveTo", c1: [4, 2], c2: [4, 3], to: [4, 4] },
      { op: "closePath" },
    ];
    const chain = flatten(closed)[0] ?? [];
    expect([chain[0], chain[chain.length - 1]]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(dashed(closed, [1, 1], 0).length).toBeGreaterThan(8);
  });

  it("are scaled with the line", () => {
    const calls = draw((context) => {
      context.scale(2, 2);
      context.setLineDash([4, 2]);
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(10, 0);
      context.stroke();
    });
    expect(named(calls, "moveTo", "lineTo").map(([, x]) => x)).toEqual([0, 8, 12, 20]);
  });
});

it("measures text without a canvas, and leaves outlines out", () => {
  const { context, calls } = recordingCanvas();
  const drawing = new Context2D(context);
  drawing.font = "20px sans-serif";
  expect(drawing.measureText("报表").width).toBe(40);
  drawing.strokeText();
  expect(calls).toEqual([]);
});

it("shows everything of one task by one draw", async () => {
  const { context, calls } = recordingCanvas();
  const drawing = new Context2D(context);
  drawing.clearRect(0, 0, 9, 9);
  drawing.fillRect(0, 0, 1, 1);
  drawing.fillText("x", 0, 0);
  expect(named(calls, "draw")).toEqual([]);
  await Promise.resolve();
  expect(named(calls, "draw")).toEqual([["draw", true]]);
  drawing.fillRect(0, 0, 1, 1);
  await Promise.resolve();
  expect(named(calls, "draw")).toHaveLength(2);
});
