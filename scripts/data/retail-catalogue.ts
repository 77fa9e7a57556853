/** A shop of the demo chain. */
export interface Store {
  name: string;
  city: string;
  region: string;
  /** Its share of the chain's sales; 1 is an ordinary shop. */
  weight: number;
  /** First day of business, where it opened within the data. */
  opened?: string;
  /** First and last day of a closure for rebuilding: days on which nothing was sold there. */
  closed?: [string, string];
}

const inCity = (region: string, city: string, shops: Record<string, number>): Store[] =>
  Object.entries(shops).map(([name, weight]) => ({ name: `${city}${name}店`, city, region, weight }));

const ESTABLISHED: Store[] = [
  ...inCity("华东", "上海", { 南京西路: 3.1, 陆家嘴: 2.6, 徐家汇: 2.2, 五角场: 1.7, 虹桥天地: 1.5, 七宝: 1.1 }),
  ...inCity("华东", "杭州", { 湖滨: 2.1, 滨江: 1.4, 城西: 1.0 }),
  ...inCity("华东", "南京", { 新街口: 1.9, 河西: 1.1 }),
  ...inCity("华东", "苏州", { 观前街: 1.3, 园区: 1.2 }),
  ...inCity("华东", "宁波", { 天一广场: 1.0 }),
  ...inCity("华南", "深圳", { 万象城: 2.5, 海岸城: 1.8, 龙华: 1.1 }),
  ...inCity("华南", "广州", { 天河城: 2.4, 北京路: 1.5, 番禺: 1.0 }),
  ...inCity("华南", "厦门", { 中山路: 1.1 }),
  ...inCity("华南", "佛山", { 千灯湖: 0.8 }),
  ...inCity("华北", "北京", { 王府井: 2.7, 三里屯: 2.3, 中关村: 1.6, 望京: 1.3, 西单: 1.9 }),
  ...inCity("华北", "天津", { 滨江道: 1.2, 大悦城: 1.0 }),
  ...inCity("华北", "济南", { 泉城路: 0.9 }),
  ...inCity("华北", "青岛", { 台东: 1.0 }),
  ...inCity("华中", "武汉", { 江汉路: 1.5, 光谷: 1.4 }),
  ...inCity("华中", "长沙", { 五一广场: 1.6 }),
  ...inCity("华中", "郑州", { 二七: 1.0 }),
  ...inCity("西南", "成都", { 春熙路: 2.0, 太古里: 1.7, 高新: 1.1 }),
  ...inCity("西南", "重庆", { 解放碑: 1.6, 观音桥: 1.3 }),
  ...inCity("西南", "昆明", { 南屏街: 0.7 }),
  ...inCity("西北", "西安", { 钟楼: 1.3, 小寨: 1.0 }),
  ...inCity("西北", "兰州", { 西关: 0.5 }),
  ...inCity("东北", "沈阳", { 中街: 0.9 }),
  ...inCity("东北", "大连", { 青泥洼桥: 0.8 }),
  ...inCity("东北", "哈尔滨", { 中央大街: 0.7 }),
];

/** All shops. A few opened within the last two years, two were closed for a while: growth and gaps as a chain has them. */
export function retailStores(lastYear: number): Store[] {
  const renovated: Record<string, [string, string]> = {
    成都高新店: [`${lastYear}-03-02`, `${lastYear}-04-26`],
    北京望京店: [`${lastYear - 1}-08-04`, `${lastYear - 1}-09-21`],
  };
  const added: Store[] = [
    { name: "合肥银泰店", city: "合肥", region: "华东", weight: 1.1, opened: `${lastYear - 1}-04-26` },
    { name: "东莞国贸店", city: "东莞", region: "华南", weight: 1.0, opened: `${lastYear - 1}-09-12` },
    { name: "贵阳花果园店", city: "贵阳", region: "西南", weight: 0.8, opened: `${lastYear}-01-09` },
    { name: "深圳前海店", city: "深圳", region: "华南", weight: 1.4, opened: `${lastYear}-05-01` },
  ];
  const established = ESTABLISHED.map((store) => {
    const closed = renovated[store.name];
    return closed ? { ...store, closed } : store;
  });
  return [...established, ...added];
}

/** A group of goods: price of one piece in yuan, gross margin, share of returns, share sold online, sales by month. */
export interface Goods {
  category: string;
  name: string;
  weight: number;
  price: number;
  margin: number;
  returns: number;
  online: number;
  /** Factors for January to December; all 1 where the season does not matter. */
  season?: number[];
}

const group =
  (category: string, shared: Omit<Goods, "category" | "name" | "weight" | "price">) =>
  (name: string, weight: number, price: number, season?: number[]): Goods => ({
    category,
    name,
    weight,
    price,
    ...shared,
    ...(season ? { season } : {}),
  });

const SUMMER = [0.5, 0.5, 0.7, 1.0, 1.3, 1.6, 1.8, 1.7, 1.1, 0.8, 0.6, 0.5];
const WINTER = [1.6, 1.3, 1.0, 0.7, 0.5, 0.4, 0.4, 0.5, 0.9, 1.3, 1.7, 1.8];
const GIFTS = [1.6, 1.4, 0.8, 0.8, 0.9, 0.9, 0.8, 0.9, 1.4, 1.1, 1.0, 1.2];
const SCHOOL = [0.8, 1.4, 1.1, 0.9, 0.9, 1.0, 1.1, 1.7, 1.3, 0.9, 0.9, 0.8];

const fresh = group("生鲜食品", { margin: 0.19, returns: 0.006, online: 0.22 });
const snacks = group("休闲零食", { margin: 0.31, returns: 0.008, online: 0.36 });
const drinks = group("酒水饮料", { margin: 0.27, returns: 0.01, online: 0.3 });
const home = group("家居日用", { margin: 0.36, returns: 0.032, online: 0.46 });
const beauty = group("美妆个护", { margin: 0.48, returns: 0.041, online: 0.6 });
const clothes = group("服饰鞋包", { margin: 0.52, returns: 0.118, online: 0.52 });
const digital = group("数码家电", { margin: 0.14, returns: 0.052, online: 0.58 });
const baby = group("母婴玩具", { margin: 0.33, returns: 0.036, online: 0.5 });

export const RETAIL_GOODS: Goods[] = [
  fresh("水果", 9, 36),
  fresh("肉禽蛋", 7, 58),
  fresh("水产", 4, 78),
  fresh("乳品", 6, 44),
  snacks("坚果炒货", 5, 52, GIFTS),
  snacks("糕点糖果", 6, 38, GIFTS),
  snacks("膨化饼干", 5, 24),
  drinks("饮料", 7, 30, SUMMER),
  drinks("白酒", 2, 428, GIFTS),
  drinks("啤酒", 4, 62, SUMMER),
  drinks("茶叶咖啡", 3, 118),
  home("纸品清洁", 8, 46),
  home("厨具餐具", 3, 128),
  home("床上用品", 2, 289, WINTER),
  home("收纳布艺", 2, 76),
  beauty("护肤", 5, 216),
  beauty("彩妆", 3, 148),
  beauty("洗护", 5, 62),
  beauty("防晒", 2, 98, SUMMER),
  clothes("女装", 5, 238),
  clothes("男装", 3, 226),
  clothes("鞋靴", 3, 318),
  clothes("羽绒服", 2, 568, WINTER),
  clothes("箱包", 1, 368),
  digital("手机配件", 4, 96),
  digital("小家电", 3, 329),
  digital("空调风扇", 1, 1_480, SUMMER),
  digital("影音娱乐", 1, 688),
  baby("奶粉尿裤", 4, 228),
  baby("玩具", 3, 118, GIFTS),
  baby("文具书包", 2, 84, SCHOOL),
];
