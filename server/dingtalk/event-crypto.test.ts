import { EnvelopeError, open, seal, signatureOf, type EventKeys } from "./event-crypto";

interface Vector {
  keys: EventKeys;
  receiver: string;
  signature: string;
  timestamp: string;
  nonce: string;
  encrypted: string;
  message: string;
  random: string;
}

/** Published by DingTalk: open-dingtalk/DingTalk-Callback-Crypto, and the page on callback encryption. */
const VECTORS: [string, Vector][] = [
  [
    "an internal app's check_url",
    {
      keys: { token: "mryue", aesKey: "Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7" },
      receiver: "ding6ccabc44d2c8d38b",
      signature: "03044561471240d4a14bb09372dfcfd4fd0e40cb",
      timestamp: "1608001896814",
      nonce: "WL4PK6yA",
      encrypted:
        "0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3",
      message: '{"EventType":"check_url"}',
      random: "l7Y3EcX2CU5w8av3",
    },
  ],
  [
    "a suite's check_create_suite_url",
    {
      keys: { token: "123456", aesKey: "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij" },
      receiver: "suite4xxxxxxxxxxxxxxx",
      signature: "5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0",
      timestamp: "1445827045067",
      nonce: "nEXhMP4r",
      encrypted:
        "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==",
      message: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
      random: "hU3bEfGZZewzhG5a",
    },
  ],
];

describe.each(VECTORS)("DingTalk's published example of %s", (_what, vector) => {
  it("opens to the published message", () => {
    expect(open(vector.keys, vector, [vector.receiver])).toBe(vector.message);
  });

  it("is sealed to the published bytes, and signed with the published signature", () => {
    const { keys, message, receiver, random, timestamp, nonce } = vector;
    expect(seal(keys, message, receiver, Buffer.from(random))).toBe(vector.encrypted);
    expect(signatureOf(keys.token, timestamp, nonce, vector.encrypted)).toBe(vector.signature);
  });

  const signed = (encrypted: string) => ({
    ...vector,
    encrypted,
    signature: signatureOf(vector.keys.token, vector.timestamp, vector.nonce, encrypted),
  });

  it.each<[string, () => unknown]>([
    ["another signature", () => open(vector.keys, { ...vector, signature: "0".repeat(40) }, [vector.receiver])],
    ["a signature of another length", () => open(vector.keys, { ...vector, signature: "" }, [vector.receiver])],
    ["another time", () => open(vector.keys, { ...vector, timestamp: "1608001896815" }, [vector.receiver])],
    ["somebody else's envelope", () => open(vector.keys, vector, ["dingsomebodyelse"])],
    ["half of the bytes", () => open(vector.keys, signed(vector.encrypted.slice(0, 40)), [vector.receiver])],
    ["a block left out", () => open(vector.keys, signed(vector.encrypted.slice(0, 64)), [vector.receiver])],
    ["no bytes", () => open(vector.keys, signed(""), [vector.receiver])],
    [
      "another key",
      () => open({ ...vector.keys, aesKey: "a".repeat(43) }, signed(vector.encrypted), [vector.receiver]),
    ],
  ])("is refused with %s", (_fault, attempt) => {
    expect(attempt).toThrow(EnvelopeError);
  });
});

it("messages of every length come back", () => {
  const [, { keys, receiver, timestamp, nonce }] = VECTORS[0] as (typeof VECTORS)[0];
  for (let length = 0; length <= 70; length += 1) {
    const message = "字".repeat(length);
    const encrypted = seal(keys, message, receiver, Buffer.alloc(16, length));
    const signature = signatureOf(keys.token, timestamp, nonce, encrypted);
    expect(open(keys, { signature, timestamp, nonce, encrypted }, [receiver])).toBe(message);
  }
});
