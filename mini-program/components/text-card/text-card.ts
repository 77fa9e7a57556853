import type { Block } from "../../../core/report/words/markdown";

type Link = (url: string) => void;

Component({
  props: { title: "", blocks: [] as Block[], onLink: ((): void => undefined) as Link },
  methods: {
    tap(event: DingTalk.Event) {
      const url = String(event.currentTarget.dataset["href"] ?? "");
      if (url) this.props.onLink(url);
    },
  },
});
