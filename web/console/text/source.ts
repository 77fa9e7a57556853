import type { DataSourceKind, DataSourceTest, SourceFaultCode } from "../../../core/contract/source/data-source";
import type { Language } from "../../../core/report/format";
import { useApp } from "../../app-context";

const zh = {
  intro: "报表的数据可以直接来自这些数据库。只读访问；密码加密保存，不再显示。",
  add: "添加数据源",
  edit: "编辑",
  editTitle: (name: string) => `编辑数据源：${name}`,
  test: "测试连接",
  browse: "查看表和字段",
  remove: "删除",
  removeTitle: (name: string) => `删除数据源“${name}”？`,
  removeHint: "保存的密码一并删除，数据库里的数据不受影响。",
  removeUsed: (datasets: string[], extracts: string[]) =>
    [
      "还不能删除。",
      datasets.length > 0 && `这些数据集在用它：${datasets.join("、")}。请先让它们改用其他数据源。`,
      extracts.length > 0 && `这些数据抽取在用它：${extracts.join("、")}。请先删除这些抽取。`,
    ]
      .filter(Boolean)
      .join(""),
  removed: "已删除",
  empty: "还没有数据源",
  emptyHint: "连接一个数据库，数据集就能从中读取数据。",
  name: "名称",
  nameHint: "给编辑者看的名字，例如“销售数据仓库”。",
  kind: "类型",
  kinds: {
    postgresql: "PostgreSQL（Citus、Greenplum、Hologres、Redshift…）",
    mysql: "MySQL（MariaDB、StarRocks、Doris、TiDB、AnalyticDB…）",
    clickhouse: "ClickHouse（HTTP 接口）",
  } satisfies Record<DataSourceKind, string>,
  shortKinds: { postgresql: "PostgreSQL", mysql: "MySQL", clickhouse: "ClickHouse" } satisfies Record<
    DataSourceKind,
    string
  >,
  host: "主机",
  hostHint: "主机名或 IP，不带端口和 http://",
  hostWrong: "只填主机名或 IP，不带端口、http:// 和空格",
  port: "端口",
  database: "数据库",
  user: "用户名",
  userHint: "请用只能读取所需表的专用账号。",
  password: "密码",
  passwordKept: "留空则沿用已保存的密码。更换主机、端口或用户后需要重新填写。",
  tls: "加密（TLS）",
  tlsModes: { verify: "加密，并校验服务器证书", off: "不加密" },
  tlsOff: "密码和数据会明文经过网络。只在同一台机器或可信内网里这样做。",
  ca: "自有 CA 证书（PEM）",
  caHint: "证书由公司自己的 CA 签发时填写，以 -----BEGIN CERTIFICATE----- 开头；公共 CA 留空。",
  caWrong: "应以 -----BEGIN CERTIFICATE----- 开头",
  usedBy: (names: string) => `数据集：${names}`,
  copiedBy: (names: string) => `数据抽取：${names}`,
  unused: "没有数据集使用",
  encrypted: "已加密",
  notEncrypted: "未加密",
  testing: "正在测试…",
  works: (tables: number) => `连接正常，可以读取 ${tables} 张表和视图`,
  said: "对方返回",
  tables: (name: string) => `“${name}”中的表和字段`,
  findTable: "查找表",
  noTables: "这个账号看不到任何表。请给它授予 SELECT 权限。",
  noMatch: "没有匹配的表",
  moreTables: (shown: number, total: number) => `显示 ${total} 张中的 ${shown} 张，请用查找缩小范围`,
  view: "视图",
  column: "字段",
  type: "数据库类型",
  datatype: "数据集类型",
  noDatatype: "不能直接使用",
  required: "必填",
  warnings: {
    can_write: {
      title: "这个账号还能修改数据",
      mend: "读报表用不到。请换用只有 SELECT 权限的账号；我们的会话本身也是只读的。",
    },
    no_tables: { title: "这个账号看不到任何表", mend: "请在数据库里给它授予所需表的 SELECT 权限。" },
    not_encrypted: { title: "连接没有加密", mend: "经过不可信网络时，请在数据库上启用 TLS 并选择“加密”。" },
  } satisfies Record<DataSourceTest["warnings"][number], { title: string; mend: string }>,
  faults: {
    host_refused: {
      title: "服务器不允许连接这台主机",
      mend: "请运维人员把它加入环境变量 DATA_SOURCE_HOSTS（主机名、IP 或网段，可带端口），然后重启 Dingboard。",
    },
    host_unknown: { title: "找不到这个主机名", mend: "请核对拼写；内网域名要能被 Dingboard 所在的服务器解析。" },
    unreachable: {
      title: "主机没有应答",
      mend: "请核对主机和端口，数据库是否在运行、是否监听该地址，以及防火墙或白名单是否放行 Dingboard 的服务器。",
    },
    tls_failed: {
      title: "TLS 证书校验失败",
      mend: "自签或公司 CA 的证书请把 CA 粘贴到下方；证书里的名称要与填写的主机一致；数据库没有启用 TLS 时，请先启用或选择“不加密”。",
    },
    login_failed: {
      title: "用户名或密码不正确",
      mend: "请重新填写；也请确认该账号允许从 Dingboard 的服务器登录（pg_hba.conf、user@host）。",
    },
    database_missing: { title: "没有这个数据库", mend: "请核对数据库名，注意大小写。" },
    not_permitted: { title: "这个账号没有权限", mend: "请在数据库里给它授予该数据库和所需表的读取权限。" },
    timeout: { title: "数据库太久没有回答", mend: "它可能很忙。请稍后再试，或请数据库管理员查看正在运行的查询。" },
    overloaded: { title: "数据库连接数已满", mend: "请稍后再试，或请数据库管理员提高连接上限。" },
    too_large: { title: "返回的内容太大", mend: "请用只能看到所需库表的账号，减少要列出的表。" },
    lost: {
      title: "连接中途断开",
      mend: "请核对类型和端口是否属于同一种数据库；中间的代理或防火墙也可能断开连接。",
    },
    changed: { title: "数据库的结构与预期不符", mend: "请确认类型选择正确，且数据库版本受支持。" },
    failed: { title: "数据库拒绝了请求", mend: "请按下面数据库返回的说明处理。" },
  } satisfies Record<SourceFaultCode, { title: string; mend: string }>,
};

const en: typeof zh = {
  intro: "Reports can read straight from these databases. Read-only; passwords are sealed and never shown again.",
  add: "Add data source",
  edit: "Edit",
  editTitle: (name) => `Edit data source: ${name}`,
  test: "Test connection",
  browse: "Tables and columns",
  remove: "Remove",
  removeTitle: (name) => `Remove the data source “${name}”?`,
  removeHint: "Its stored password goes too. Nothing changes in the database itself.",
  removeUsed: (datasets, extracts) =>
    [
      "It cannot be removed yet.",
      datasets.length > 0 && `Datasets read from it: ${datasets.join(", ")}. Point them to another data source first.`,
      extracts.length > 0 && `Extracts copy its tables: ${extracts.join(", ")}. Remove them first.`,
    ]
      .filter(Boolean)
      .join(" "),
  removed: "Removed",
  empty: "No data source yet",
  emptyHint: "Connect a database, and datasets can read from it.",
  name: "Name",
  nameHint: "What editors will see, such as “Sales warehouse”.",
  kind: "Kind",
  kinds: {
    postgresql: "PostgreSQL (Citus, Greenplum, Hologres, Redshift…)",
    mysql: "MySQL (MariaDB, StarRocks, Doris, TiDB, AnalyticDB…)",
    clickhouse: "ClickHouse (HTTP interface)",
  },
  shortKinds: zh.shortKinds,
  host: "Host",
  hostHint: "A name or an address, without port and http://",
  hostWrong: "Only a host name or an address, without port, http:// and spaces",
  port: "Port",
  database: "Database",
  user: "User",
  userHint: "Best an account of its own that may only read the tables needed.",
  password: "Password",
  passwordKept: "Leave it empty to keep the stored one. Another host, port or user needs it again.",
  tls: "Encryption (TLS)",
  tlsModes: { verify: "Encrypted, the server's certificate is verified", off: "Not encrypted" },
  tlsOff: "Password and data cross the network in the clear. Only for the same machine or a trusted network.",
  ca: "Certificate of your own authority (PEM)",
  caHint:
    "Where your company signs its own certificates. Begins with -----BEGIN CERTIFICATE-----; empty for public ones.",
  caWrong: "It begins with -----BEGIN CERTIFICATE-----",
  usedBy: (names) => `Datasets: ${names}`,
  copiedBy: (names) => `Extracts: ${names}`,
  unused: "No dataset uses it",
  encrypted: "Encrypted",
  notEncrypted: "Not encrypted",
  testing: "Testing…",
  works: (tables) => `It works: ${tables} tables and views can be read`,
  said: "The other side said",
  tables: (name) => `Tables and columns of “${name}”`,
  findTable: "Find a table",
  noTables: "This user sees no table. Grant it SELECT.",
  noMatch: "No table fits",
  moreTables: (shown, total) => `${shown} of ${total} are shown; narrow them down`,
  view: "View",
  column: "Column",
  type: "Type in the database",
  datatype: "Type in a dataset",
  noDatatype: "cannot be used directly",
  required: "Needed",
  warnings: {
    can_write: {
      title: "This user may change data",
      mend: "Reports never need that: use an account with SELECT only. Our sessions are read-only in any case.",
    },
    no_tables: { title: "This user sees no table", mend: "Grant it SELECT on the tables that are needed." },
    not_encrypted: {
      title: "The connection is not encrypted",
      mend: "Across a network that you do not trust, enable TLS in the database and choose it here.",
    },
  },
  faults: {
    host_refused: {
      title: "This server may not connect to that host",
      mend: "Ask the operator to add it to the variable DATA_SOURCE_HOSTS (name, address or network, with or without a port) and to restart Dingboard.",
    },
    host_unknown: {
      title: "There is no such host name",
      mend: "Check its spelling; the server that runs Dingboard must be able to resolve an internal name.",
    },
    unreachable: {
      title: "The host does not answer",
      mend: "Check host and port, whether the database runs and listens there, and whether firewalls and white lists let Dingboard's server through.",
    },
    tls_failed: {
      title: "The TLS certificate could not be verified",
      mend: "Paste your own authority's certificate below; the certificate must name the host as entered. If the database has no TLS, enable it there or choose Not encrypted.",
    },
    login_failed: {
      title: "User or password is wrong",
      mend: "Enter them again; the account must also be allowed to sign in from Dingboard's server (pg_hba.conf, user@host).",
    },
    database_missing: { title: "There is no such database", mend: "Check its name, upper and lower case too." },
    not_permitted: {
      title: "This user has no permission",
      mend: "Grant it reading of the database and of the tables that are needed.",
    },
    timeout: {
      title: "The database took too long",
      mend: "It may be busy. Try again later, or let its administrator look at what is running.",
    },
    overloaded: {
      title: "The database has no connection free",
      mend: "Try again later, or let its administrator raise the limit of connections.",
    },
    too_large: {
      title: "The answer was too large",
      mend: "Use an account that sees only what is needed, so that there are fewer tables to list.",
    },
    lost: {
      title: "The connection broke",
      mend: "Check that kind and port belong to the same database; a proxy or firewall between may also cut it.",
    },
    changed: {
      title: "The database is not as expected",
      mend: "Check that the kind is right and the version is supported.",
    },
    failed: { title: "The database refused", mend: "Follow what the database says below." },
  },
};

const WORDS: Record<Language, typeof zh> = { "zh-CN": zh, "en-US": en };

/** The texts of data sources, in the person's language. */
export const useSourceWords = (): typeof zh => WORDS[useApp().language.current];
