import { Button } from "antd";
import { observer } from "mobx-react-lite";
import { useApp } from "../app-context";

/** Switches between Chinese and English; its label is the other language's own name. */
export const LanguageButton = observer(function LanguageButton() {
  const { language, words } = useApp();
  return (
    <Button type="text" size="small" onClick={() => language.choose(language.current === "zh-CN" ? "en-US" : "zh-CN")}>
      {words.otherLanguage}
    </Button>
  );
});
