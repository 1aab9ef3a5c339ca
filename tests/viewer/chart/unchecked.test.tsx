import { expect, it } from "vitest";
import { Provenance } from "../../../src/viewer/chart/Provenance.tsx";
import { draw } from "./draw.tsx";

const item = { date: "2026-05-01", source: 0, received: "2026-06-01T00:00:00.000Z" };
const shown = (...warnings: string[]) => draw(<Provenance item={{ ...item, warnings }} />);

it("a code that no master of the hub could check is a quiet word beside the source, and no warning", () => {
  expect(shown("code-unchecked").text).toContain("コード未照合");
  expect(shown("code-unchecked").text).not.toContain("▲");
  expect(shown().text).not.toContain("コード未照合");
});

it("a code that its master does not know, and codes that disagree, are warnings", () => {
  expect(shown("code-not-found").text).toMatch(/▲.*コード表にないコード/);
  expect(shown("codes-differ", "code-unchecked").text).toMatch(/コード未照合.*▲.*一致しない/);
});
