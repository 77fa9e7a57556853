/**
 * Methods of a canvas context that only record a call. With createLinearGradient, createCircularGradient (addColorStop),
 * draw, toTempFilePath, getImageData and putImageData these are all that DingTalk documents.
 * https://open.dingtalk.com/document/development/overview-of-canvascontext
 */
export const DOCUMENTED_METHODS = [
  "setTextAlign",
  "setTextBaseline",
  "setFillStyle",
  "setStrokeStyle",
  "setShadow",
  "setLineWidth",
  "setLineCap",
  "setLineJoin",
  "setMiterLimit",
  "rect",
  "fillRect",
  "strokeRect",
  "clearRect",
  "fill",
  "stroke",
  "beginPath",
  "closePath",
  "moveTo",
  "lineTo",
  "arc",
  "bezierCurveTo",
  "clip",
  "quadraticCurveTo",
  "scale",
  "rotate",
  "translate",
  "setFontSize",
  "fillText",
  "drawImage",
  "setGlobalAlpha",
  "save",
  "restore",
] as const;

/** What the real client is known to have besides: AntV's my-f2 calls some of them on DingTalk. measureText answers at once. */
const CLIENT_METHODS = ["transform", "setTransform", "setLineDash", "strokeText"] as const;

/** Properties that can be assigned in the client profile, and the method that says the same. */
export const CLIENT_PROPERTIES: Record<string, (typeof DOCUMENTED_METHODS)[number] | null> = {
  fillStyle: "setFillStyle",
  strokeStyle: "setStrokeStyle",
  lineWidth: "setLineWidth",
  lineCap: "setLineCap",
  lineJoin: "setLineJoin",
  miterLimit: "setMiterLimit",
  globalAlpha: "setGlobalAlpha",
  textAlign: "setTextAlign",
  textBaseline: "setTextBaseline",
  font: null,
  lineDashOffset: null,
  globalCompositeOperation: null,
  shadowColor: null,
  shadowBlur: null,
  shadowOffsetX: null,
  shadowOffsetY: null,
};

/** What a canvas has beside the documented methods. */
export interface CanvasMembers {
  /** Methods that only record a call. */
  methods: readonly string[];
  /** Assignable properties, and the method that says the same. */
  properties: Record<string, (typeof DOCUMENTED_METHODS)[number] | null>;
  /** `measureText` is there. */
  measures: boolean;
}

export const CLIENT: CanvasMembers = { methods: CLIENT_METHODS, properties: CLIENT_PROPERTIES, measures: true };

/**
 * What pictures of one device show (an iPhone of 2020 with a chart adapter over DingTalk's context): paths filled and
 * stroked through assigned styles, `setTransform` at work, and no text that went through `font`. The rest is the documents'.
 */
export const RECORDED: CanvasMembers = {
  methods: ["transform", "setTransform"],
  properties: {
    fillStyle: "setFillStyle",
    strokeStyle: "setStrokeStyle",
    lineWidth: "setLineWidth",
    lineCap: "setLineCap",
    lineJoin: "setLineJoin",
    miterLimit: "setMiterLimit",
    globalAlpha: "setGlobalAlpha",
    textAlign: "setTextAlign",
    textBaseline: "setTextBaseline",
  },
  measures: false,
};
