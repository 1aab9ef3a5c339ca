import type { ErrorCode } from "../shared/error.ts";
import type { ErrorWords } from "./error-words.ts";

/** What a device or an operator meets when the hub's log does not hold. */
export const logErrorWords = {
  "log-place-bad": { ja: "記録台帳にない場所が指定されました。", en: "A place was asked for that the log does not have." },
  "log-proof-bad": { ja: "記録台帳の証明が正しくありません。", en: "The log's proof does not hold." },
  "log-checkpoint-bad": {
    ja: "記録台帳の署名付き時点（チェックポイント）が壊れているか、このハブのものではありません。",
    en: "The log's checkpoint is malformed or not signed by this hub.",
  },
  "log-rewritten": {
    ja: "ハブの記録台帳が書き換えられた疑いがあります。この端末の閲覧記録と証拠は端末に残しています。監査担当者に知らせてください。",
    en: "The hub's log seems to have been rewritten. This device keeps its entries and the evidence. Tell the auditor.",
  },
  "log-shrunk": {
    ja: "ハブの記録台帳が前より短くなっています。この端末の閲覧記録と証拠は端末に残しています。監査担当者に知らせてください。",
    en: "The hub's log is shorter than before. This device keeps its entries and the evidence. Tell the auditor.",
  },
  "log-entry-missing": {
    ja: "送った閲覧記録が台帳に載った証明がありません。届いたとみなさず、端末に残しています。",
    en: "The hub did not prove that the entry is in its log. It does not count as delivered and stays on this device.",
  },
  "log-generation-bad": {
    ja: "ハブの記録台帳が新しい世代に替わりましたが、その証明が正しくありません。閲覧記録は端末に残しています。",
    en: "The hub's log has a new generation whose proof does not hold. The entries stay on this device.",
  },
  "log-damaged": {
    ja: "ハブの記録台帳が壊れています。「hub -- audit verify」で調べてください。",
    en: "The hub's log is damaged. Examine it with `hub -- audit verify`.",
  },
  "audit-file-bad": { ja: "監査用ファイルを読めません。", en: "The audit file cannot be read." },
  "audit-faults": {
    ja: "記録台帳に食い違いが見つかりました。上の一覧を確かめてください。",
    en: "The audit found faults. See the list above.",
  },
  "backup-refused": {
    ja: "その写しは今の記録台帳の一部ではないため、バックアップ済みの印を付けません。",
    en: "That copy is no beginning of the present log, so it is not marked as a backup.",
  },
} as const satisfies Partial<Record<ErrorCode, ErrorWords>>;
