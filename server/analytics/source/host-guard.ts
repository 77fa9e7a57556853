import { lookup as dnsLookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { StartError } from "../../errors";
import { SourceFault } from "./source-fault";

/** Where to dial: the address that was checked, so that the name cannot lead elsewhere by then. */
export interface Destination {
  address: string;
  port: number;
}

/** Decides which hosts data sources may be on. */
export interface HostGuard {
  /** Throws a SourceFault `host_refused` or `host_unknown`. */
  resolve(host: string, port: number): Promise<Destination>;
}

type Lookup = (host: string) => Promise<string[]>;

interface Entry {
  /** Null: any port. */
  port: number | null;
  matches(host: string, address: string): boolean;
  /** Names this one address, which lifts the ban on the special ones. */
  exact: string | null;
}

const systemLookup: Lookup = async (host) => (await dnsLookup(host, { all: true })).map(({ address }) => address);

/**
 * A guard over the operator's list: names (`db.example.com`, `*.example.com`), addresses, networks (`10.0.0.0/8`), each
 * with or without a port (`db.example.com:5432`, `[fd00::1]:5432`). What is not on the list is refused, so with an empty
 * list everything is. Addresses that lead to a machine's own services (link-local, clouds' metadata, multicast) are
 * refused unless the very address is listed. Throws a StartError for an entry that is none of these.
 */
export function createHostGuard(list: readonly string[], lookup: Lookup = systemLookup): HostGuard {
  const entries = list.map(readEntry);
  const allows = (host: string, address: string, port: number): boolean =>
    entries.some(
      (entry) =>
        (entry.port === null || entry.port === port) &&
        entry.matches(host, address) &&
        (entry.exact === address || !isSpecial(address)),
    );
  return {
    resolve: async (asked, port) => {
      const host = asked.toLowerCase().replace(/^\[(.*)\]$/, "$1");
      const addresses = isIP(host) ? [host] : await resolved(host, lookup);
      const address = addresses.map(plainAddress).find((each) => allows(host, each, port));
      if (address === undefined) throw new SourceFault("host_refused");
      return { address, port };
    },
  };
}

async function resolved(host: string, lookup: Lookup): Promise<string[]> {
  try {
    return await lookup(host);
  } catch (error) {
    throw new SourceFault("host_unknown", error);
  }
}

/** An IPv4 address in IPv6 clothes is that IPv4 address. */
function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

// A list for each family: a list that knows the IPv6 forms of IPv4 addresses would take every IPv4 address for one of them.
const SPECIAL_4 = new BlockList();
SPECIAL_4.addSubnet("0.0.0.0", 8, "ipv4");
SPECIAL_4.addSubnet("169.254.0.0", 16, "ipv4");
SPECIAL_4.addSubnet("224.0.0.0", 3, "ipv4");
SPECIAL_4.addAddress("100.100.100.200", "ipv4");
const SPECIAL_6 = new BlockList();
SPECIAL_6.addSubnet("fe80::", 10, "ipv6");
SPECIAL_6.addSubnet("ff00::", 8, "ipv6");
SPECIAL_6.addAddress("fd00:ec2::254", "ipv6");
// Other spellings of IPv4 addresses, which would get around the first list.
SPECIAL_6.addSubnet("::", 96, "ipv6");
SPECIAL_6.addSubnet("64:ff9b::", 96, "ipv6");
SPECIAL_6.addSubnet("::ffff:0:0", 96, "ipv6");
const LOOPBACK_6 = "::1";

function isSpecial(address: string): boolean {
  if (!isIPv6(address)) return SPECIAL_4.check(address, "ipv4");
  return address !== LOOPBACK_6 && SPECIAL_6.check(address, "ipv6");
}

function readEntry(text: string): Entry {
  const parts = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? /^([^:]+)(?::(\d+))?$/.exec(text);
  // A bare IPv6 address or network has colons of its own.
  const [, name = text, digits] = parts ?? [];
  const port = digits === undefined ? null : Number(digits);
  const host = name.toLowerCase();
  if (isIP(host)) return { port, matches: (_host, address) => address === host, exact: host };
  const network = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(host);
  if (network) return { port, ...readNetwork(text, network[1] ?? "", Number(network[2])) };
  if (!/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host)) throw faulty(text);
  const suffix = host.startsWith("*.") ? host.slice(1) : null;
  return {
    port,
    matches: (asked) => (suffix === null ? asked === host : asked.endsWith(suffix)),
    exact: null,
  };
}

function readNetwork(text: string, address: string, bits: number): Pick<Entry, "matches" | "exact"> {
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  if (!isIP(address) || bits > (family === "ipv6" ? 128 : 32)) throw faulty(text);
  const network = new BlockList();
  network.addSubnet(address, bits, family);
  const matches: Entry["matches"] = (_host, each) =>
    isIPv6(each) === (family === "ipv6") && network.check(each, family);
  return { matches, exact: null };
}

function faulty(text: string): StartError {
  return new StartError(
    `DATA_SOURCE_HOSTS: "${text}" is not a host name, an address or a network, with or without a port.`,
  );
}
