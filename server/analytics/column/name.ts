/** What a column's name says about its values. */
export type NameHint =
  "id" | "phone" | "code" | "version" | "year" | "month" | "date" | "rate" | "price" | "place" | "link";

/** In Chinese a word anywhere, in other languages whole words. Earlier ones win. */
const HINTS: [hint: NameHint, chinese: RegExp | null, words: string][] = [
  ["phone", /手机|电话|座机|传真|联系方式/, "phone mobile tel telephone fax cellphone msisdn"],
  ["code", /邮编|邮政编码/, "zip zipcode postcode postal"],
  ["version", /版本|章节|层级号/, "version ver release chapter section build"],
  [
    "id",
    /编号|单号|序号|工号|学号|卡号|账号|帐号|证件号|身份证|流水号|订单号|货号|批号|代码|编码|条码|号码|(?:号|ＩＤ)$/,
    "id ids uid uuid guid no nr num number key code sku barcode ean isbn order_no openid unionid userid serial account index",
  ],
  ["link", /网址|链接/, "url uri link href website"],
  ["month", /月份|年月|账期|会计期间|(?:^|统计|结算)月$/, "month yearmonth yyyymm period"],
  ["year", /年份|年度|(?:^|财|学)年$/, "year years yr fy"],
  ["date", /日期|时间|(?:生|到期|交货|截止|当|工作)日$/, "date day dt time at timestamp"],
  [
    "rate",
    /率$|占比|比例|比率|百分比|均值|平均|评分|得分|折扣|温度|湿度|年龄/,
    "rate ratio percent pct percentage share avg average mean score rating discount margin temperature age",
  ],
  ["price", /单价|售价|均价|价格|汇率/, "price unitprice"],
  [
    "place",
    /省份|城市|地区|区域|国家|区县|街道|(?:^|所在|归属)(?:省|市|区|县)$|经度|纬度/,
    "country province state city region district county latitude longitude lat lng lon",
  ],
];

/** The words of a name: `customerId`, `customer_id` and `Customer ID` have the same. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** What a name says, if anything. A name of several words says what its last word says: a `price code` is a code. */
export function hintOf(name: string): NameHint | null {
  const words = wordsOf(name);
  const last = words[words.length - 1] ?? "";
  const pair = `${words[words.length - 2] ?? ""}${last}`;
  for (const [hint, chinese, english] of HINTS) {
    if (chinese?.test(name.trim())) return hint;
    if (english.split(" ").some((word) => word === last || word === pair)) return hint;
  }
  return null;
}

/** Whether the name speaks of months. */
export function namesMonths(name: string): boolean {
  return hintOf(name) === "month" || /月/.test(name);
}

/** Whether the name speaks of days. */
export function namesDays(name: string): boolean {
  return hintOf(name) === "date" || /日|date|day/i.test(name);
}
