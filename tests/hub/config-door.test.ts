import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/hub/config.ts";
import { isLoopback, parseDoor, plainDoor } from "../../src/hub/config-door.ts";

const refused = (env: Record<string, string>, code: string) => expect(() => parseDoor(env)).toThrow(expect.objectContaining({ code }));
const oidc = {
  TOMOSHIBI_OIDC_ISSUER: "https://login.example.jp/realm",
  TOMOSHIBI_OIDC_CLIENT_ID: "console",
  TOMOSHIBI_OIDC_CLIENT_SECRET: "hidden-word",
};

describe("the door's settings", () => {
  test("say nothing: this machine's own names, no proxy, no other origin", () => {
    expect(parseDoor({})).toEqual(plainDoor);
    expect(parseConfig({}).door).toEqual(plainDoor);
  });

  test("say everything", () => {
    const env = {
      TOMOSHIBI_ORIGIN: "https://viewer.example.jp/",
      TOMOSHIBI_CONSOLE_ORIGIN: "https://console.example.jp",
      TOMOSHIBI_HOSTS: "Hub.Example.jp, 192.0.2.1,2001:db8::1",
      TOMOSHIBI_PROXIES: "127.0.0.1,::1",
      TOMOSHIBI_CONSOLE_PASSPHRASE: "until-passkey",
      ...oidc,
    };
    expect(parseConfig(env).door).toEqual({
      viewerOrigin: "https://viewer.example.jp",
      consoleOrigin: "https://console.example.jp",
      hosts: ["hub.example.jp", "192.0.2.1", "[2001:db8::1]"],
      proxies: ["127.0.0.1", "::1"],
      passphrase: "until-passkey",
      oidc: { issuer: "https://login.example.jp/realm", clientId: "console", clientSecret: "hidden-word" },
    });
  });

  test.each([
    "",
    "viewer.example.jp",
    "http://viewer.example.jp",
    "https://viewer.example.jp/app",
    "https://u:p@viewer.example.jp",
    "ftp://x",
  ])("origin %j is refused", (value) => {
    refused({ TOMOSHIBI_ORIGIN: value }, "config-bad-origin");
    refused({ TOMOSHIBI_CONSOLE_ORIGIN: value }, "config-bad-origin");
  });

  test("viewer and console under one name are refused: cookies and passkeys would be one", () => {
    refused({ TOMOSHIBI_ORIGIN: "https://hub.example.jp", TOMOSHIBI_CONSOLE_ORIGIN: "https://hub.example.jp:8443" }, "config-bad-origin");
  });

  test.each([
    ["TOMOSHIBI_HOSTS", "*"],
    ["TOMOSHIBI_HOSTS", "*.example.jp"],
    ["TOMOSHIBI_HOSTS", "https://example.jp"],
    ["TOMOSHIBI_HOSTS", "a b"],
    ["TOMOSHIBI_PROXIES", "proxy.example.jp"],
    ["TOMOSHIBI_PROXIES", "10.0.0.0/8"],
    ["TOMOSHIBI_CONSOLE_PASSPHRASE", "off"],
    ["TOMOSHIBI_CONSOLE_PASSPHRASE", ""],
  ])("%s=%s is refused", (setting, value) => refused({ [setting]: value }, "config-bad-origin"));

  test("a provider needs all three settings, and TLS anywhere but on this machine", () => {
    for (const missing of Object.keys(oidc)) refused({ ...oidc, [missing]: "" }, "config-bad-oidc");
    refused({ TOMOSHIBI_OIDC_ISSUER: oidc.TOMOSHIBI_OIDC_ISSUER }, "config-bad-oidc");
    for (const issuer of ["http://login.example.jp", "http://192.168.1.2", "login", "https://x/?a=1", "http://localhost.example.jp"])
      refused({ ...oidc, TOMOSHIBI_OIDC_ISSUER: issuer }, "config-bad-oidc");
    expect(parseDoor({ ...oidc, TOMOSHIBI_OIDC_ISSUER: "http://localhost:9000" }).oidc?.issuer).toBe("http://localhost:9000");
  });

  test("never repeat a secret in what they refuse", () => {
    try {
      parseDoor({ ...oidc, TOMOSHIBI_OIDC_ISSUER: "http://login.example.jp" });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain("hidden-word");
    }
  });

  test("know which names nobody else can answer under", () => {
    expect(["localhost", "console.localhost", "127.0.0.1", "127.9.9.9", "[::1]"].filter(isLoopback)).toHaveLength(5);
    expect(["localhost.example", "127.0.0.1.example", "10.0.0.1", "0.0.0.0", "[::]"].filter(isLoopback)).toEqual([]);
  });
});
