import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { people, UPLOADED_SALES, uploader, type Person, type Uploader } from "../../../tests/factories/upload";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

const MB = 1024 * 1024;
let world: World;
let build: ReturnType<typeof builders>;
let person: ReturnType<typeof people>;

beforeAll(async () => {
  world = await startWorld({ upload: { bytes: 120 * MB, partBytes: 2 * MB, reserveBytes: 0 } });
  build = builders(world);
  person = people(world, build);
});
afterAll(() => world.stop());

const leftovers = ({ folder }: Person): string[] =>
  readdirSync(join(folder, ".uploads")).filter((name) => name !== "spill");
describe("an upload", () => {
  it("arrives in parts, shows what it holds, and becomes a file of the enterprise", async () => {
    const editor = await person();
    const bytes = Buffer.from(UPLOADED_SALES);
    const { body: begun } = await editor.begin("sales.csv", bytes.length);
    expect(begun).toMatchObject({ state: "receiving", received: 0, partBytes: 2 * MB });
    expect((await editor.part(begun.id, 0, bytes.subarray(0, 30))).body.received).toBe(30);
    expect((await editor.part(begun.id, 30, bytes.subarray(30))).body.state).toBe("inspecting");
    const { inspection } = await editor.inspected(begun.id);
    expect(inspection).toMatchObject({
      csv: { encoding: "utf-8", delimiter: ",", header: true, skip: 0 },
      rowCount: 3,
      rows: [
        ["2026-11-01", "east", 10.5],
        ["2026-11-02", "east", 20],
        ["2026-11-02", "west", 12],
      ],
      leftOut: { count: 0, more: false, lines: [] },
    });

    const imported = await editor.import(begun.id, { name: "2026/sales.parquet" });
    expect(imported.body).toMatchObject({ name: "2026/sales.parquet", rows: 3, usedBy: [] });
    expect(await editor.files()).toEqual([imported.body]);
    expect(imported.body.updatedBy).toContain("Name of");
    expect(leftovers(editor)).toEqual([]);
    expect((await editor.find(begun.id)).code).toBe("upload_not_found");
  });

  it("goes on where a broken connection, a closed page or a stopped server left it", async () => {
    const editor = await person();
    const bytes = Buffer.from(`id,text\n${"1,abcdefghij\n".repeat(100_000)}`);
    const { body: begun } = await editor.begin("long.csv", bytes.length, 77);
    const broken = new AbortController();
    const sent = fetch(`${world.server.url}/api/uploads/${begun.id}/parts?offset=0`, {
      method: "POST",
      headers: {
        "content-type": "application/octet-stream",
        "content-length": String(MB),
        authorization: `Bearer ${editor.token}`,
      },
      body: new ReadableStream({
        start: (stream) => stream.enqueue(bytes.subarray(0, MB / 2)),
      }),
      duplex: "half",
      signal: broken.signal,
    } as RequestInit);
    sent.catch(() => undefined);
    const arrived = async (): Promise<number> => (await editor.find(begun.id)).body.received;
    while ((await arrived()) < MB / 2) await new Promise((resolve) => setTimeout(resolve, 20));
    broken.abort();

    // Another node, and a page that knows nothing but the file.
    const node = await world.startNode();
    const elsewhere = uploader(node.url, editor.token);
    const again = (await elsewhere.begin("long.csv", bytes.length, 77)).body;
    expect(again).toMatchObject({ id: begun.id, received: MB / 2 });
    expect((await elsewhere.begin("long.csv", bytes.length, 78)).body.id).not.toBe(begun.id);
    await elsewhere.part(begun.id, MB / 2, bytes.subarray(MB / 2));
    await node.stop(); // in the middle of reading it, perhaps
    expect((await editor.inspected(begun.id)).inspection?.rowCount).toBe(100_000);
  });

  it("takes each part once, in order, and no more than was announced", async () => {
    const editor = await person();
    const bytes = Buffer.from(UPLOADED_SALES);
    const { body } = await editor.begin("sales.csv", bytes.length);
    await editor.part(body.id, 0, bytes.subarray(0, 20));
    expect((await editor.part(body.id, 0, bytes.subarray(0, 20))).code).toBe("upload_offset");
    expect((await editor.part(body.id, 40, bytes.subarray(40))).code).toBe("upload_offset");
    expect((await editor.part(body.id, 20, Buffer.concat([bytes.subarray(20), bytes]))).code).toBe("input_invalid");
    // What fitted has arrived: the upload goes on from there.
    expect((await editor.find(body.id)).body.received).toBe(bytes.length);
    expect((await editor.part(body.id, bytes.length, Buffer.from(""))).body.state).toBe("inspecting");
    expect((await editor.inspected(body.id)).inspection?.rowCount).toBe(3);
    expect((await editor.part(body.id, bytes.length, bytes)).code).toBe("upload_offset");
  });

  it("of the same part twice at once keeps one", async () => {
    const editor = await person();
    const bytes = Buffer.from(`id,text\n${"1,abcdefghij\n".repeat(50_000)}`);
    const { body } = await editor.begin("twice.csv", bytes.length);
    const answers = await Promise.all([0, 1, 2].map(() => editor.part(body.id, 0, bytes)));
    expect(answers.map(({ code }) => code ?? "taken")).toContain("taken");
    expect((await editor.inspected(body.id)).inspection).toMatchObject({ rowCount: 50_000, leftOut: { count: 0 } });
  });

  it("is refused before anything is lost where it is empty, too large, or the disk is full", async () => {
    const editor = await person();
    expect((await editor.begin("a.csv", 0)).code).toBe("file_empty");
    expect((await editor.begin("a.csv", 120 * MB + 1)).code).toBe("file_too_large");
    expect((await editor.begin("a.csv", 120 * MB)).status).toBe(200);
    const { body } = await editor.begin("b.csv", 100);
    expect((await editor.part(body.id, 0, Buffer.alloc(2 * MB + 1))).code).toBe("body_too_large");
    expect((await editor.part(body.id, 0, Buffer.alloc(1), { "content-type": "application/json" })).code).toBe(
      "input_invalid",
    );

    world.config.upload.reserveBytes = Number.MAX_SAFE_INTEGER;
    const node = await world.startNode();
    world.config.upload.reserveBytes = 0;
    const full = uploader(node.url, editor.token);
    expect((await full.begin("c.csv", 100)).code).toBe("disk_full");
    expect((await full.part(body.id, 0, Buffer.from("a,b\n"))).code).toBe("disk_full");
    expect((await editor.part(body.id, 0, Buffer.from("a,b\n"))).body.received).toBe(4);
    await node.stop();
  });

  it("is forgotten after a day without a part, and when it is cancelled", async () => {
    const user = await build.buildUser({ role: "editor" });
    const arriving = async () => ({
      ...(await person(user.enterprise)),
      ...uploader(world.server.url, await build.tokenOf(user)),
    });
    let editor = await arriving();
    const abandoned = (await editor.begin("old.csv", 100)).body.id;
    await editor.part(abandoned, 0, Buffer.from("a,b\n"));
    world.advance(23 * 3_600_000);
    editor = await arriving();
    const { id } = (await editor.begin("new.csv", 100)).body;
    await world.server.domain.tidy();
    expect((await editor.find(abandoned)).status).toBe(200);
    world.advance(2 * 3_600_000);
    editor = await arriving();
    await world.server.domain.tidy();
    expect((await editor.find(abandoned)).code).toBe("upload_not_found");
    expect(leftovers(editor)).toEqual([`${id}.part`]);
    expect((await editor.ask("POST", `/api/uploads/${id}/cancel`)).status).toBe(200);
    expect(leftovers(editor)).toEqual([]);
  });
});

describe("importing", () => {
  it("replaces a file only when told so, whoever comes first", async () => {
    const editor = await person();
    const colleague = await person(editor.enterprise);
    const [one, other] = await Promise.all([editor.send("a.csv", UPLOADED_SALES), colleague.send("a.csv", "x\n1\n")]);
    const answers = await Promise.all([
      editor.import(one.id, { name: "a.parquet" }),
      colleague.import(other.id, { name: "a.parquet" }),
    ]);
    expect(answers.map(({ code }) => code ?? "placed").sort()).toEqual(["file_taken", "placed"]);
    const late = answers[0].code === undefined ? { who: colleague, id: other.id } : { who: editor, id: one.id };
    const before = statSync(join(editor.folder, "a.parquet")).ino;
    expect((await late.who.import(late.id, { name: "a.parquet", replace: true })).status).toBe(200);
    expect(statSync(join(editor.folder, "a.parquet")).ino).not.toBe(before);
    const actions = await world.database.query(
      "select action from audit_entry where enterprise_id = $1 and action like 'file%' order by id",
      [editor.enterprise.id],
    );
    expect(actions.map(({ action }) => action)).toEqual(["file_imported", "file_replaced"]);
  });

  it.each([
    "../a.parquet",
    "/etc/a.parquet",
    "a/../b.parquet",
    ".a.parquet",
    "a.csv",
    "a*.parquet",
    "extracts/a.parquet",
    "a b.parquet",
    "a\\b.parquet",
    "",
  ])("refuses the name %j", async (name) => {
    const editor = await person();
    const { id } = await editor.send("a.csv", UPLOADED_SALES);
    expect((await editor.import(id, { name })).code).toBe("input_invalid");
  });

  it("never follows a folder out of the enterprise's", async () => {
    const editor = await person();
    const outside = join(world.config.dataDir, "outside");
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, "theirs.csv"), "a\n1\n");
    const { id } = await editor.send("a.csv", UPLOADED_SALES);
    symlinkSync(outside, join(editor.folder, "linked"));
    symlinkSync(join(outside, "theirs.csv"), join(editor.folder, "theirs.csv"));
    symlinkSync(join(outside, "nowhere.csv"), join(editor.folder, "nowhere.csv"));
    for (const name of ["linked/a.parquet", "linked/deeper/a.parquet"]) {
      expect(await editor.import(id, { name })).toMatchObject({ status: 409, code: "file_outside" });
    }
    expect(readdirSync(outside)).toEqual(["theirs.csv"]);
    expect(await editor.files()).toEqual([]);
    for (const name of ["linked/theirs.csv", "theirs.csv", "nowhere.csv"]) {
      expect((await editor.ask("POST", "/api/files/remove", { name })).code).toBe("file_not_found");
    }
    expect((await editor.import(id, { name: "a.parquet" })).status).toBe(200);
  });

  it("takes a folder that the operator has put on another disk for the enterprise's own", async () => {
    const editor = await person();
    const disk = join(world.config.dataDir, "disk");
    mkdirSync(disk, { recursive: true });
    mkdirSync(dirname(editor.folder), { recursive: true });
    symlinkSync(disk, editor.folder);
    const { id } = await editor.send("a.csv", UPLOADED_SALES);
    expect((await editor.import(id, { name: "shop/a.parquet" })).status).toBe(200);
    expect(readdirSync(join(disk, "shop"))).toEqual(["a.parquet"]);
    expect(await editor.files()).toMatchObject([{ name: "shop/a.parquet", rows: 3 }]);
  });
});

describe("the routes of uploads", () => {
  it("are closed to the signed-out, to viewers, to strangers, and to colleagues", async () => {
    const owner = await person();
    const { id } = await owner.send("a.csv", UPLOADED_SALES);
    const attempts = (who: Uploader) =>
      Promise.all([
        who.find(id),
        who.part(id, 0, Buffer.from("x")),
        who.ask("POST", `/api/uploads/${id}/inspect`, { settings: {} }),
        who.effects(id, "a.parquet"),
        who.import(id, { name: "a.parquet" }),
        who.ask("POST", `/api/uploads/${id}/cancel`),
      ]);
    const codes = async (who: Uploader) => new Set((await attempts(who)).map(({ code }) => code));
    const nobody = uploader(world.server.url, undefined);
    const viewer = await person(owner.enterprise, "viewer");
    expect(await codes(nobody)).toEqual(new Set(["signed_out"]));
    expect((await nobody.begin("a.csv", 1)).code).toBe("signed_out");
    expect(await codes(viewer)).toEqual(new Set(["forbidden"]));
    expect((await viewer.begin("a.csv", 1)).code).toBe("forbidden");
    expect((await viewer.ask("GET", "/api/uploads")).code).toBe("forbidden");
    for (const other of [await person(), await person(owner.enterprise)]) {
      expect(await codes(other)).toEqual(new Set(["upload_not_found"]));
      expect((await other.ask<{ uploads: unknown[] }>("GET", "/api/uploads")).body.uploads).toEqual([]);
    }
    expect((await owner.find(id)).body.state).toBe("inspected");
  });

  it("answer bad input with a code", async () => {
    const editor = await person();
    const { id } = await editor.send("a.csv", UPLOADED_SALES);
    const inspect = (settings: unknown) => editor.ask("POST", `/api/uploads/${id}/inspect`, { settings });
    for (const settings of [
      { delimiter: "ab" },
      { encoding: "ebcdic" },
      { columns: [] },
      { columns: [{ name: "a", type: "Blob" }] },
      {
        columns: [
          { name: "a", type: "String" },
          { name: "A", type: "String" },
        ],
      },
      { more: 1 },
    ]) {
      expect((await inspect(settings)).code).toBe("input_invalid");
    }
    for (const body of [{ fileName: "", size: 1 }, { fileName: "a", size: -1 }, { fileName: "a", size: 1.5 }, {}]) {
      expect((await editor.ask("POST", "/api/uploads", body)).code).toBe("input_invalid");
    }
    expect((await editor.find("not-an-id")).code).toBe("input_invalid");
    expect((await editor.part(id, -1, Buffer.from("x"))).code).toBe("input_invalid");
    const receiving = (await editor.begin("b.csv", 10)).body.id;
    expect((await editor.ask("POST", `/api/uploads/${receiving}/inspect`, { settings: {} })).code).toBe(
      "upload_not_ready",
    );
    expect((await editor.import(receiving, { name: "b.parquet" })).code).toBe("upload_not_ready");
    expect((await editor.effects(receiving, "b.parquet")).code).toBe("upload_not_ready");
    for (const name of ["", "../a.parquet", "a.csv"])
      expect((await editor.effects(id, name)).code).toBe("input_invalid");
  });

  it("take a browser's part only from our own pages", async () => {
    const { enterprise, token } = await person();
    const foreign = await request(world.server.url, "POST", "/api/uploads", {
      cookie: `dingboard=${token}`,
      headers: { origin: "http://elsewhere.example" },
      body: { fileName: enterprise.id, size: 1 },
    });
    expect(foreign.code).toBe("origin_refused");
  });
});
