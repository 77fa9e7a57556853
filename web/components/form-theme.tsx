import { ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { observer } from "mobx-react-lite";
import type { ReactNode } from "react";
import { useApp } from "../app-context";
import { useDark } from "../use-dark";

/** Around pages made of the component library's forms: its language and theme. Loaded with them, so that readers never pay for it. */
export const FormTheme = observer(function FormTheme({ children }: { children: ReactNode }) {
  const { language } = useApp();
  return (
    <ConfigProvider
      locale={language.current === "zh-CN" ? zhCN : enUS}
      theme={{
        algorithm: useDark() ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { colorPrimary: "#1677ff", borderRadius: 8, controlHeight: 40, fontSize: 15 },
      }}
    >
      {children}
    </ConfigProvider>
  );
});
