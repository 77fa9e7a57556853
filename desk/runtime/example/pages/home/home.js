import { nextPerson } from "../../lib/people";
import settings from "../../lib/settings.json";

Page({
  data: { name: "Ding", people: [], showCounter: true, total: 0, chosen: null },

  onLoad(query) {
    this.query = query;
    this.setData({ people: settings.people });
  },

  onPullDownRefresh() {
    this.setData({ people: settings.people });
    dd.stopPullDownRefresh();
  },

  add() {
    this.setData({ [`people[${this.data.people.length}]`]: nextPerson(this.data.people) });
  },

  choose(event) {
    this.setData({ chosen: event.currentTarget.dataset.personId });
  },

  rename(event) {
    this.setData({ name: event.detail.value });
  },

  counted(count) {
    this.setData({ total: count });
  },

  saveCounter(counter) {
    this.counter = counter;
  },

  open() {
    dd.navigateTo({ url: `/pages/detail/detail?id=${this.data.people[0].id}` });
  },
});
