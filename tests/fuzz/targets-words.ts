import { isRefused, refusedOr } from "../../src/hub/mllp/answer.ts";
import { askedOf } from "../../src/hub/mllp/asked.ts";
import { Unframer } from "../../src/hub/mllp/frame.ts";
import { parseMessage } from "../../src/hub/mllp/message.ts";
import { decodeMessage } from "../../src/hub/mllp/text.ts";
import { readConsentFile } from "../../src/hub/people/consentCsv.ts";
import { TomoshibiError } from "../../src/shared/error.ts";
import { framed, query } from "../hub/mllp/client.ts";
import type { Target } from "./target.ts";

const encoder = new TextEncoder();

export const consentTarget: Target = {
  name: "consent",
  seeds: () => [
    encoder.encode(
      '施設コード,患者番号,種別,対象,内容,発効日,根拠,記録者,備考\n1310000001,0000000001,緊急閲覧,,不可,2026-11-01,書面,見本 花子,\n1310000001,0000000002,参加,,可,2026-11-01,口頭,見本 花子,"備考, つき"\n',
    ),
  ],
  parse(bytes) {
    try {
      for (const one of readConsentFile(bytes))
        if (!("statement" in one) && !("fault" in one)) throw new Error("a line without a disposition");
      return "read";
    } catch (error) {
      if (error instanceof TomoshibiError && error.code !== "internal") return "refused";
      throw error;
    }
  },
};

/** Bytes of one connection, in two portions: messages, each parsed and its question understood or refused. */
export const mllpTarget: Target = {
  name: "mllp",
  seeds: () => [
    framed(query("Q22", ["QPD|IHE PDQ Query|tag|@PID.5.1.1^灯台~@PID.5.2^花子~@PID.7.1^19480305~@PID.8^F", "RCP|I|20^RD"])),
    framed(query("Q23", ["QPD|IHE PIX Query|tag|0000000001^^^&1.2.392.100495.20.3.51.11310000001&ISO", "RCP|I"])),
    framed(query("Q22", ["QPD|IHE PDQ Query|tag|@PID.3.1^0000000001", "RCP|I"]), "SJIS"),
  ],
  async parse(bytes) {
    const unframer = new Unframer(1 << 20);
    const middle = Math.floor(bytes.length / 2);
    const first = unframer.push(bytes.subarray(0, middle));
    const second = unframer.push(bytes.subarray(middle));
    let understood = 0;
    for (const message of [...first.messages, ...second.messages]) {
      const text = decodeMessage(message);
      const parsed = text === null ? null : parseMessage(text);
      const qpd = parsed?.find("QPD") ?? null;
      if (qpd === null) continue;
      const asked = await refusedOr(async () => askedOf(qpd.field(3)));
      if (!isRefused(asked)) understood++;
    }
    if (understood > 0) return "understood";
    return first.fault !== null || second.fault !== null ? "not-framed" : unframer.half ? "half" : "refused";
  },
};
