/** How one component is used, and how to see that it rendered. */
export interface ComponentUse {
  /** Folder below mini-antui/es. */
  component: string;
  /** Components used with it. */
  inside?: string[];
  axml: string;
  data?: object;
  /** Matches an element once the component is on the screen. */
  selector: string;
  /** Text that is then on the screen; empty where the component shows none. */
  text: string;
}

const tabs = [
  { title: "First", anchor: "first", badgeType: "text", badgeText: "3" },
  { title: "Second", anchor: "second" },
];

/** Every component that mini-antui 0.4.35 declares, used as its documentation shows. */
export const MINI_ANTUI_USES: readonly ComponentUse[] = [
  {
    component: "am-checkbox",
    axml: '<am-checkbox value="a" checked="{{true}}" />',
    selector: ".am-checkbox-value",
    text: "",
  },
  {
    component: "am-icon",
    axml: '<am-icon type="arrow-up" size="{{16}}" color="#ccc" />',
    selector: ".am-icon-arrow-up",
    text: "",
  },
  {
    component: "amount-input",
    axml: '<amount-input title="Amount" extra="per month" btnText="All" placeholder="0" value="12" type="digit" />',
    selector: ".am-amount-value",
    text: "per month",
  },
  {
    component: "badge",
    axml: '<badge text="{{120}}" overflowCount="{{99}}"><view slot="inner">in</view></badge>',
    selector: ".am-badge",
    text: "99+",
  },
  {
    component: "calendar",
    axml: '<calendar type="single" haveYear="{{true}}" onSelect="noop" />',
    selector: ".am-calendar-date",
    text: "年",
  },
  {
    component: "card",
    axml: '<card title="Title" subTitle="Below" footer="Foot" thumb="" onCardClick="noop" />',
    selector: ".am-card",
    text: "Below",
  },
  {
    component: "collapse",
    inside: ["collapse/collapse-item"],
    axml: `<collapse collapseKey="c" activeKey="{{['one']}}" className="outer">
  <collapse-item header="Header one" itemKey="one" collapseKey="c"><view>Content one</view></collapse-item>
</collapse>`,
    selector: ".am-collapse",
    text: "Content one",
  },
  {
    component: "collapse/collapse-item",
    axml: '<collapse-item header="Alone" itemKey="k" collapseKey="c"><view>Inside</view></collapse-item>',
    selector: ".am-collapse-item",
    text: "Alone",
  },
  {
    component: "face-detection",
    axml: '<face-detection serviceName="" appName="" />',
    selector: "view",
    text: "appName and serviceName is required",
  },
  {
    component: "filter",
    inside: ["filter/filter-item"],
    axml: `<filter show="show" max="{{5}}" onChange="noop">
  <filter-item a:for="{{items}}" id="{{item.id}}" value="{{item.value}}" selected="{{item.selected}}" />
</filter>`,
    data: {
      items: [
        { id: 1, value: "Clothes" },
        { id: 2, value: "Shoes", selected: true },
      ],
    },
    selector: ".am-filter-show",
    text: "Shoes",
  },
  {
    component: "filter/filter-item",
    axml: '<filter-item id="1" value="Alone" />',
    selector: ".am-filter-item",
    text: "Alone",
  },
  {
    component: "flex",
    inside: ["flex/flex-item"],
    axml: '<flex direction="row" wrap="wrap" justify="center"><flex-item><view>Left</view></flex-item></flex>',
    selector: ".am-flexbox-dir-row",
    text: "Left",
  },
  {
    component: "flex/flex-item",
    axml: "<flex-item><view>Item</view></flex-item>",
    selector: ".am-flexbox-item",
    text: "Item",
  },
  {
    component: "footer",
    axml: '<footer copyright="© Ant" links="{{links}}" />',
    data: { links: [{ text: "Bottom link", url: "/pages/footer/index" }] },
    selector: ".am-footer-link",
    text: "Bottom link",
  },
  {
    component: "grid",
    axml: '<grid columnNum="{{3}}" list="{{list}}" onGridItemClick="noop" hasLine />',
    data: { list: [{ icon: "https://example.com/a.png", text: "Cell", desc: "more" }] },
    selector: ".am-grid-item",
    text: "Cell",
  },
  {
    component: "input-item",
    axml: '<input-item placeholder="Card" value="6222" clear="{{true}}" type="number" onInput="noop">Number</input-item>',
    selector: ".am-input-content",
    text: "Number",
  },
  {
    component: "list",
    inside: ["list/list-item"],
    axml: `<list>
  <view slot="header">Head of list</view>
  <list-item a:for="{{items}}" key="item-{{index}}" arrow="{{true}}" index="{{index}}" onClick="noop" last="{{index === 1}}">
    {{item}}
    <view slot="extra">extra {{item}}</view>
  </list-item>
  <view slot="footer">Foot of list</view>
</list>`,
    data: { items: ["one", "two"] },
    selector: ".am-list-item",
    text: "extra two",
  },
  {
    component: "list/list-item",
    axml: '<list-item arrow="{{true}}">Alone</list-item>',
    selector: ".am-list-item",
    text: "Alone",
  },
  {
    component: "message",
    axml: '<message title="Done" subTitle="All went well" type="success" mainButton="{{button}}" onTapMain="noop" />',
    data: { button: { buttonText: "Go on" } },
    selector: ".am-message",
    text: "Go on",
  },
  {
    component: "modal",
    axml: `<modal show="{{true}}" showClose="{{true}}" onModalClick="noop" onModalClose="noop">
  <view slot="header">Title</view>Body of modal<view slot="footer">Confirm</view>
</modal>`,
    selector: ".am-modal-show",
    text: "Body of modal",
  },
  {
    component: "notice",
    axml: '<notice mode="link" action="Look" onClick="noop">News of today</notice>',
    selector: ".am-notice",
    text: "News of today",
  },
  {
    component: "page-result",
    axml: '<page-result type="network" title="No network" brief="Try again" />',
    selector: ".page-network",
    text: "Try again",
  },
  {
    component: "pagination",
    axml: '<pagination total="{{20}}" current="{{2}}" onChange="noop" />',
    selector: ".am-pagination-page",
    text: "20",
  },
  {
    component: "picker-item",
    axml: '<picker-item placeholder="Choose" value="" onPickerTap="noop">Bank</picker-item>',
    selector: ".am-picker-item",
    text: "Choose",
  },
  {
    component: "popover",
    inside: ["popover/popover-item"],
    axml: `<popover position="bottomRight" show="{{true}}" showMask="{{true}}" onMaskClick="noop">
  <view>Press</view>
  <view slot="items"><popover-item onItemClick="noop"><text>line1</text></popover-item></view>
</popover>`,
    selector: ".am-popover-placement-bottomRight",
    text: "line1",
  },
  {
    component: "popover/popover-item",
    axml: "<popover-item>Alone</popover-item>",
    selector: ".am-popover-item",
    text: "Alone",
  },
  {
    component: "popup",
    axml: '<popup show="{{true}}" position="bottom" onClose="noop"><view>Popped</view></popup>',
    selector: ".am-popup-bottom",
    text: "Popped",
  },
  {
    component: "search-bar",
    axml: '<search-bar value="" placeholder="Search" showCancelButton="{{true}}" />',
    selector: ".am-search-value",
    text: "取消",
  },
  {
    component: "stepper",
    axml: '<stepper value="{{8}}" min="{{2}}" max="{{10}}" showNumber onChange="noop" />',
    selector: ".am-stepper-input",
    text: "",
  },
  {
    component: "steps",
    axml: '<steps activeIndex="{{2}}" items="{{items}}" direction="horizontal" />',
    data: {
      items: [
        { title: "Step one", description: "first" },
        { title: "Step two", description: "second" },
      ],
    },
    selector: ".am-hor-step",
    text: "Step two",
  },
  {
    component: "swipe-action",
    axml: '<swipe-action index="{{0}}" right="{{right}}" onRightItemClick="noop"><view>Swipe me</view></swipe-action>',
    data: { right: [{ type: "delete", text: "Remove" }] },
    selector: ".am-swipe",
    text: "Swipe me",
  },
  {
    component: "tabs",
    inside: ["tabs/tab-content"],
    axml: `<tabs tabs="{{tabs}}" activeTab="{{0}}" swipeable="{{false}}" onTabClick="noop">
  <tab-content key="{{index}}" tabId="{{index}}" activeTab="{{0}}" a:for="{{tabs}}"><view>content of {{item.title}}</view></tab-content>
</tabs>`,
    data: { tabs },
    selector: ".am-tabs-bar-tab",
    text: "content of First",
  },
  {
    component: "tabs/tab-content",
    axml: '<tab-content tabId="{{0}}" activeTab="{{0}}"><view>Alone</view></tab-content>',
    selector: ".am-tabs-pane-wrap",
    text: "Alone",
  },
  {
    component: "tips/tips-dialog",
    axml: '<tips-dialog show="{{true}}" type="dialog"><view slot="content">hello</view><view slot="operation">known</view></tips-dialog>',
    selector: ".am-tips-dialog",
    text: "hello",
  },
  {
    component: "tips/tips-plain",
    axml: '<tips-plain time="{{50000}}" onClose="noop">Plain tip</tips-plain>',
    selector: ".am-tips-plain-favorite",
    text: "Plain tip",
  },
  {
    component: "vtabs",
    inside: ["vtabs/vtab-content"],
    axml: `<vtabs tabs="{{tabs}}" activeTab="{{0}}" onTabClick="noop" onChange="noop">
  <vtab-content a:for="{{tabs}}" anchor="{{item.anchor}}"><view>content of {{item.title}}</view></vtab-content>
</vtabs>`,
    data: { tabs },
    selector: ".am-vtabs-bar-tab",
    text: "content of Second",
  },
  {
    component: "vtabs/vtab-content",
    axml: '<vtab-content anchor="a"><view>Alone</view></vtab-content>',
    selector: "view",
    text: "Alone",
  },
];
