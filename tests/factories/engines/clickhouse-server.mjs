/*
 * ClickHouse's HTTP interface over the embedded engine, as far as its client uses it: a statement in the body, settings
 * and parameters in the address, an error with its code in a header. `node clickhouse-server.mjs FOLDER USER:PASSWORD`.
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , folder, login] = process.argv;
const { Session } = createRequire(join(folder, "package.json"))("chdb");
const session = new Session();
const expected = `Basic ${Buffer.from(login).toString("base64")}`;
const NOT_SETTINGS = new Set(["query", "query_id", "database", "default_format", "session_id", "role", "readonly"]);

const SPECIAL = { n: "\n", r: "\r", t: "\t", 0: "\0", b: "\b", f: "\f" };
/** Parameters arrive escaped, as in tab-separated files. */
const plain = (value) => value.replace(/\\(.)/g, (_, letter) => SPECIAL[letter] ?? letter);

function answer(url, body) {
  const params = {};
  for (const [name, value] of url.searchParams) {
    if (name.startsWith("param_")) params[name.slice("param_".length)] = plain(value);
    else if (!NOT_SETTINGS.has(name)) session.query(`SET ${name} = '${value.replace(/['\\]/g, "\\$&")}'`);
  }
  const [, sql, format] = /^([\s\S]*?)(?:\s*FORMAT\s+(\w+))?\s*$/.exec(body);
  // The engine here has one user only, who may do everything.
  if (sql.trim() === "SHOW GRANTS") return session.query("SELECT 'GRANT SELECT ON sales.* TO reader' AS g", format);
  return session.queryBind(sql, params, format ?? "TabSeparated");
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const fail = (code, text) => {
      response.writeHead(code === "516" ? 403 : 500, { "x-clickhouse-exception-code": code });
      response.end(`Code: ${code}. DB::Exception: ${text} (ERROR) (version 26.7)`);
    };
    const url = new URL(request.url, "http://loopback");
    const given = request.headers.authorization ?? "";
    if (given !== expected) return fail("516", "Authentication failed.");
    if (url.searchParams.get("database") === "nowhere") return fail("81", "Database nowhere does not exist.");
    try {
      const text = answer(url, url.searchParams.get("query") ?? Buffer.concat(chunks).toString());
      response.writeHead(200, { "content-type": "text/plain; charset=UTF-8" });
      response.end(text);
    } catch (error) {
      const [, code = "1", text = String(error)] = /Code: (\d+)\. DB::Exception: ([\s\S]*)/.exec(error.message) ?? [];
      fail(code, text);
    }
  });
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
