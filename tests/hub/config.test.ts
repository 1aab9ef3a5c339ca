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
