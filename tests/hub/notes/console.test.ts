import { describe, expect, test } from "vitest";
import { addReviewer } from "../../../src/hub/people/reviewers.ts";
import { fromBase64Url } from "../../../src/shared/bytes.ts";
import { parseExported, parseList, parseView, consoleNotePaths as paths } from "../../../src/shared/protocol/notesConsole.ts";
import { type ConsoleBrowser, consoleBrowser } from "../routes/console-browser.ts";
import { refusal } from "../routes/device.ts";
import { knownPerson } from "../routes/region.ts";
import { testStores } from "../store/open.ts";
import { all, home, type Ward, wardOn } from "./ward.ts";
import { unknownSubject } from "./writing.ts";

const stores = testStores();
const passphrase = "hebi zakuro ishi mangetsu saga dohyou";

async function signedIn({ region }: Ward, name: string, roles?: readonly ("reviewer" | "operator" | "auditor")[]): Promise<ConsoleBrowser> {
  await addReviewer(region.deps, name, passphrase, roles);
  const browser = consoleBrowser(region.console);
  await browser.signIn(name, passphrase);
  return browser;
}

async function ward(): Promise<{ ward: Ward; page: ConsoleBrowser; key: string }> {
  const made = await wardOn(await stores.open("sqlite"));
  return { ward: made, page: await signedIn(made, "事務 花子", ["operator"]), key: await home(made) };
}

const decision = (key: string, seen = 0) => ({ key, state: "accepted", of: "", why: "", seen });

describe("the operator's exchanges about downtime notes", () => {
  test("show, decide, link and hand out; each says what is there afterwards", async () => {
    const { ward: made, page, key } = await ward();
    const nameless = await home(made, { subject: unknownSubject() });
    const list = parseList(await (await page.post(paths.list, all)).json());
    expect(list.items.map((item) => item.key)).toEqual([nameless, key]);
    expect(list.sites).toEqual([{ id: made.region.site.id, name: "灯台病院 救急外来" }]);
    const decided = parseView(await (await page.post(paths.decide, decision(key))).json());
    expect([decided.item.standing, decided.history[0]?.who, decided.person?.name]).toEqual(["accepted", "事務 花子", "架空 太郎"]);
    const linked = await page.post(paths.link, { key: nameless, person: knownPerson, why: "家族", seen: 0 });
    expect(parseView(await linked.json()).item.linked).toMatchObject({ person: knownPerson, by: "operator" });
    expect(parseView(await (await page.post(paths.one, { key: nameless })).json()).links).toHaveLength(1);
    const file = parseExported(await (await page.post(paths.export, { key, format: "pdf" })).json());
    expect(new TextDecoder().decode(fromBase64Url(file.bytes)?.subarray(0, 5))).toBe("%PDF-");
  });

  test("are the operator's alone: neither a reviewer, an auditor, nor a page without the session's token gets a word", async () => {
    const { ward: made, page, key } = await ward();
    const others = [await signedIn(made, "確認 者", ["reviewer"]), await signedIn(made, "監査 者", ["auditor"])];
    const asked = [
      [paths.list, all],
      [paths.one, { key }],
      [paths.decide, decision(key)],
      [paths.export, { key, format: "fhir" }],
    ] as const;
    for (const [path, body] of asked) {
      for (const other of others) expect(await refusal(await other.post(path, body))).toBe("forbidden");
      expect(await refusal(await page.post(path, body, { "tomoshibi-csrf": "forged" }))).toBe("forbidden");
      expect(await refusal(await consoleBrowser(made.region.console).post(path, body))).toBe("unauthorized");
    }
  });

  test.each([
    ["a state that is none", paths.decide, { state: "deleted" }],
    ["who decides, said by the page", paths.decide, { who: "別の人" }],
    ["a history that is no number", paths.decide, { seen: -1 }],
    ["a standing that is none", paths.list, { standing: "lost" }],
    ["a person that is no reference", paths.link, { person: "架空 太郎" }],
    ["another format", paths.export, { format: "docx" }],
  ])("refuse %s", async (_, path, change) => {
    const { page, key } = await ward();
    const right: Readonly<Record<string, object>> = {
      [paths.decide]: decision(key),
      [paths.list]: all,
      [paths.link]: { key, person: knownPerson, why: "", seen: 0 },
      [paths.export]: { key, format: "pdf" },
    };
    expect(await refusal(await page.post(path, { ...right[path], ...change }))).toBe("bad-request");
  });
});
