import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/hub/config.ts";

describe("the environment", () => {
  test("says nothing: the defaults", () => {
    expect(parseConfig({ PATH: "/bin" })).toMatchObject({
      port: 8787,
      consolePort: 8788,
      dataDir: "./.data",
      databaseUrl: null,
      mllp: null,
    });
  });

  test("says everything", () => {
    const env = {
      TOMOSHIBI_PORT: "80",
      TOMOSHIBI_CONSOLE_PORT: "0",
      TOMOSHIBI_DATA: "/srv/hub",
      TOMOSHIBI_DATABASE_URL: "postgresql:///hub?host=%2Frun",
      TOMOSHIBI_MLLP_PORT: "2575",
      TOMOSHIBI_MLLP_ADDRESS: "192.0.2.1",
    };
    const mllp = { port: 2575, address: "192.0.2.1" };
    expect(parseConfig(env)).toMatchObject({
      port: 80,
      consolePort: 0,
      dataDir: "/srv/hub",
      databaseUrl: "postgresql:///hub?host=%2Frun",
      mllp,
    });
  });

  test("MLLP is off unless it has a port, and this machine's own unless it has an address", () => {
    expect(parseConfig({ TOMOSHIBI_MLLP_PORT: "0" }).mllp).toEqual({ port: 0, address: "127.0.0.1" });
    for (const value of ["", "mllp", "-1", "65536"])
      expect(() => parseConfig({ TOMOSHIBI_MLLP_PORT: value })).toThrow(expect.objectContaining({ code: "config-bad-port" }));
    expect(() => parseConfig({ TOMOSHIBI_MLLP_PORT: "8787" })).toThrow(expect.objectContaining({ code: "config-bad-port" }));
    for (const TOMOSHIBI_MLLP_ADDRESS of ["", "localhost", "0.0.0", "192.0.2.1:2575"])
      expect(() => parseConfig({ TOMOSHIBI_MLLP_PORT: "2575", TOMOSHIBI_MLLP_ADDRESS })).toThrow(
        expect.objectContaining({ code: "config-bad-address" }),
      );
    expect(() => parseConfig({ TOMOSHIBI_MLLP_ADDRESS: "192.0.2.1" })).toThrow(expect.objectContaining({ code: "config-bad-address" }));
  });

  test.each(["", " ", "80 ", "8.5", "-1", "0x50", "65536", "1e3", "080", "８０"])("port %j is refused", (value) => {
    expect(() => parseConfig({ TOMOSHIBI_PORT: value })).toThrow(expect.objectContaining({ code: "config-bad-port" }));
    expect(() => parseConfig({ TOMOSHIBI_CONSOLE_PORT: value })).toThrow(expect.objectContaining({ code: "config-bad-port" }));
  });

  test("both ports the same is refused; two times any free port is not", () => {
    expect(() => parseConfig({ TOMOSHIBI_PORT: "8788" })).toThrow(expect.objectContaining({ code: "config-bad-port" }));
    expect(parseConfig({ TOMOSHIBI_PORT: "0", TOMOSHIBI_CONSOLE_PORT: "0" })).toMatchObject({ port: 0, consolePort: 0 });
  });

  test.each(["", "  ", "a\0b"])("data folder %j is refused", (value) => {
    expect(() => parseConfig({ TOMOSHIBI_DATA: value })).toThrow(expect.objectContaining({ code: "config-bad-data" }));
  });

  test.each(["", "localhost", "mysql://localhost/hub", "postgresql://localhost", "postgresql://localhost/", "./hub.sqlite"])(
    "database URL %j is refused",
    (value) => {
      expect(() => parseConfig({ TOMOSHIBI_DATABASE_URL: value })).toThrow(expect.objectContaining({ code: "config-bad-database-url" }));
    },
  );

  test("a refused database URL is not repeated: it may hold a password", () => {
    try {
      parseConfig({ TOMOSHIBI_DATABASE_URL: "mysql://hub:hidden-word@localhost/hub" });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain("hidden-word");
    }
  });

  test.each(["TOMOSHIBI_PORTS", "TOMOSHIBI_DATABASE", "TOMOSHIBI_", "TOMOSHIBI_LONGER"])(
    "a name that does not exist (%s) is refused",
    (name) => {
      expect(() => parseConfig({ [name]: "1" })).toThrow(expect.objectContaining({ code: "config-unknown" }));
    },
  );

  test("names for tests pass", () => {
    expect(() => parseConfig({ TOMOSHIBI_TEST_DATABASE_URL: "x", TOMOSHIBI_LONG: "1" })).not.toThrow();
  });
});

describe("where the hub sends on its own", () => {
  const smtp = { TOMOSHIBI_SMTP_URL: "smtp://relay.example", TOMOSHIBI_ALERT_TO: "a@b.example", TOMOSHIBI_ALERT_FROM: "hub@b.example" };
  const hook = { TOMOSHIBI_WEBHOOK_URL: "https://hook.example/x?y=1", TOMOSHIBI_WEBHOOK_SECRET: "a secret of thirty-two letters or more" };

  test("is nowhere by default, and what the settings say", () => {
    expect(parseConfig({}).senders).toEqual({ syslog: null, smtp: null, webhook: null });
    const syslog = (url: string) => parseConfig({ TOMOSHIBI_SYSLOG_URL: url }).senders.syslog;
    expect(syslog("tls://siem.example")).toEqual({ protocol: "tls", host: "siem.example", port: 6514 });
    expect(syslog("tcp://[::1]:10514")).toEqual({ protocol: "tcp", host: "::1", port: 10514 });
    expect(syslog("udp://192.0.2.1")).toEqual({ protocol: "udp", host: "192.0.2.1", port: 514 });
    expect(parseConfig(smtp).senders.smtp).toMatchObject({
      host: "relay.example",
      port: 587,
      secure: false,
      login: null,
      to: ["a@b.example"],
    });
    const secured = { ...smtp, TOMOSHIBI_SMTP_URL: "smtps://hub:p%40ss@relay.example", TOMOSHIBI_ALERT_TO: "a@b.example, c@d.example" };
    expect(parseConfig(secured).senders.smtp).toMatchObject({
      port: 465,
      secure: true,
      login: { user: "hub", password: "p@ss" },
      to: ["a@b.example", "c@d.example"],
    });
    expect(parseConfig(hook).senders.webhook).toEqual({ url: hook.TOMOSHIBI_WEBHOOK_URL, secret: hook.TOMOSHIBI_WEBHOOK_SECRET });
  });

  const bad: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ...["", "siem.example", "http://siem.example", "tcp://", "tcp://u:p@x", "tls://x/path", "udp://x:0", "tcp://x:70000"].map(
      (url) => ["config-bad-syslog", { TOMOSHIBI_SYSLOG_URL: url }] as const,
    ),
    ...["", "relay.example", "http://relay.example", "smtp://user@x", "smtp://x?tls=no", "smtp://u:%zz@x", "smtp://"].map(
      (url) => ["config-bad-smtp", { ...smtp, TOMOSHIBI_SMTP_URL: url }] as const,
    ),
    ["config-bad-smtp", { TOMOSHIBI_SMTP_URL: "smtp://x" }],
    ["config-bad-smtp", { ...smtp, TOMOSHIBI_ALERT_TO: "nobody" }],
    ["config-bad-smtp", { ...smtp, TOMOSHIBI_ALERT_FROM: "a@b\r\nBcc: c@d" }],
    ["config-bad-webhook", { ...hook, TOMOSHIBI_WEBHOOK_URL: "http://hook.example" }],
    ["config-bad-webhook", { ...hook, TOMOSHIBI_WEBHOOK_URL: "ftp://hook.example" }],
    ["config-bad-webhook", { ...hook, TOMOSHIBI_WEBHOOK_URL: "https://u:p@hook.example" }],
    ["config-bad-webhook", { ...hook, TOMOSHIBI_WEBHOOK_SECRET: "12345678" }],
    ["config-bad-webhook", { TOMOSHIBI_WEBHOOK_URL: "https://hook.example" }],
  ];
  test.each(bad)("%s: %j is refused, and its value is not repeated", (code, env) => {
    let thrown: unknown = null;
    try {
      parseConfig(env);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code });
    const detail = JSON.stringify((thrown as { detail: object }).detail);
    for (const value of Object.values(env)) if (value.length > 4) expect(detail).not.toContain(value);
  });
});
