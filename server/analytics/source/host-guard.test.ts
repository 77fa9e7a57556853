import { exactNumber } from "./exact-number";
import { createHostGuard } from "./host-guard";

const NAMES: Record<string, string[]> = {
  "db.example.com": ["10.1.2.3"],
  "both.example.com": ["203.0.113.9", "10.1.2.3"],
  "metadata.example.com": ["169.254.169.254"],
  "mapped.example.com": ["::ffff:169.254.169.254"],
  "hidden.example.com": ["64:ff9b::a9fe:a9fe"],
};
const lookup = (host: string): Promise<string[]> =>
  NAMES[host] ? Promise.resolve(NAMES[host]) : Promise.reject(new Error("unknown"));
const reach = (list: string[], host: string, port = 5432): Promise<unknown> =>
  createHostGuard(list, lookup)
    .resolve(host, port)
    .then(
      ({ address }) => address,
      (error: { fault?: string }) => error.fault,
    );

describe("the list of hosts", () => {
  it.each([
    [[], "db.example.com", "host_refused"],
    [["db.example.com"], "db.example.com", "10.1.2.3"],
    [["DB.example.com"], "db.EXAMPLE.com", "10.1.2.3"],
    [["*.example.com"], "db.example.com", "10.1.2.3"],
    [["*.example.com"], "example.com.evil.test", "host_unknown"],
    [["db.example.com:5432"], "db.example.com", "10.1.2.3"],
    [["db.example.com:5433"], "db.example.com", "host_refused"],
    [["10.0.0.0/8"], "db.example.com", "10.1.2.3"],
    [["10.0.0.0/8"], "both.example.com", "10.1.2.3"],
    [["11.0.0.0/8"], "db.example.com", "host_refused"],
    [["10.1.2.3"], "10.1.2.3", "10.1.2.3"],
    [["10.1.2.3"], "10.1.2.4", "host_refused"],
    [["[fd00::1]:5432"], "fd00::1", "fd00::1"],
    [["fd00::/8"], "[fd00::1]", "fd00::1"],
    [["no-such.example.com"], "no-such.example.com", "host_unknown"],
  ])("%j lets %s come to: %s", async (list, host, outcome) => {
    expect(await reach(list, host)).toBe(outcome);
  });

  it.each([
    "metadata.example.com",
    "mapped.example.com",
    "hidden.example.com",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
  ])("never leads to a machine's own services by a name or a network: %s", async (host) => {
    expect(await reach(["*.example.com", "0.0.0.0/0", "::/0"], host)).toBe("host_refused");
  });

  it("leads there only where the very address is listed", async () => {
    expect(await reach(["169.254.169.254"], "metadata.example.com")).toBe("169.254.169.254");
    expect(await reach(["169.254.0.0/16"], "metadata.example.com")).toBe("host_refused");
  });

  it.each(["http://db", "10.0.0.0/33", "a b", "db:port", "/8", ""])("refuses to start with the entry %j", (entry) => {
    expect(() => createHostGuard([entry])).toThrow(/DATA_SOURCE_HOSTS/);
  });
});

it.each([
  ["12.50", 12.5],
  ["-0012", -12],
  ["9007199254740993", "9007199254740993"],
  ["1234567890123456.780", "1234567890123456.78"],
  ["0.000000000000001", 1e-15],
  ["1e3", 1000],
  ["NaN", null],
  ["Infinity", null],
])("the number %s loses no digit: %s", (text, value) => expect(exactNumber(text)).toBe(value));
