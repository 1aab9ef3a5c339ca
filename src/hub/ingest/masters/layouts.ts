/** Where each public master keeps what is used here: by the names of its columns, or by position where it has no heading line. */
import type { MasterKind } from "../../record/master.ts";

/** Positions of the columns in one file; -1: it has none. `codes` are joined when a master parts its code over several columns. */
export interface Columns {
  readonly codes: readonly number[];
  /** Further codes of the same line. */
  readonly others: readonly number[];
  /** The first that is not empty counts. */
  readonly names: readonly number[];
  readonly target: number;
}

interface Layout {
  readonly code: readonly RegExp[];
  /** Columns that make up the code where there is no whole one. */
  readonly parts: readonly RegExp[];
  readonly others: readonly RegExp[];
  readonly names: readonly RegExp[];
  readonly target: readonly RegExp[];
  /** Without a heading line; null: such a file is refused, since nothing tells what stands where. */
  readonly bare: { readonly columns: Columns; readonly fits: RegExp } | null;
}

/** Names of columns after NFKC, without spaces, in small letters. */
const layouts: Readonly<Record<MasterKind, Layout>> = {
  // 医薬品HOTコードマスター, 24 columns: 基準番号（ＨＯＴコード）…, 個別医薬品コード (8th), 告示名称, 販売名, レセプト電算処理システム医薬品名 (11th to 13th).
  hot: {
    code: [/^基準番号/, /^hot(?:コード|番号|13|9)?$/],
    parts: [],
    others: [],
    names: [/^販売名$/, /^告示名称$/, /^レセプト電算処理システム医薬品名$/, /^(?:医薬品|商品|薬品)名称?$/],
    target: [/^個別医薬品コード/, /^yjコード$/],
    bare: { columns: { codes: [0], others: [], names: [11, 10, 12], target: 7 }, fits: /^\d{9}(?:\d{4})?$/ },
  },
  // 個別医薬品コード lists, and the Ministry's price list, whose codes of branded products are the same.
  yj: {
    code: [/^個別医薬品コード/, /^yjコード$/, /^yj$/, /^薬価基準収載医薬品コード$/],
    parts: [],
    others: [],
    names: [/^(?:品名|販売名|商品名|医薬品名|薬品名|薬品名称|医薬品名称|名称)$/, /^(?:一般名|成分名)$/],
    target: [],
    bare: null,
  },
  // 臨床検査マスター and the JLAC10 tables, saved as CSV: the whole code, or its five parts (5, 4, 3, 3, 2 digits).
  jlac10: {
    code: [/^jlac-?10(?:コード)?(?:\(?1[57]桁\)?)?$/, /^(?:1[57]桁)?(?:jlac10)?コード$/, /^標準検査項目コード/],
    parts: [/^分析物(?:コード)?$/, /^識別(?:コード)?$/, /^材料(?:コード)?$/, /^測定法(?:コード)?$/, /^結果識別(?:コード)?$/],
    others: [],
    names: [/^(?:標準|検査)?(?:検査)?項目名称?$/, /^(?:標準|検査)名称?$/, /^分析物名称?$/, /^名称$/, /^(?:漢字|正式)名称$/],
    target: [],
    bare: null,
  },
  // ICD10対応標準病名マスター, 病名基本テーブル: no heading; 変更区分, 病名管理番号, 病名表記, カナ, 採択区分, 病名交換用コード, ICD10, …, レセ電算コード (11th).
  byomei: {
    code: [/^病名管理番号$/],
    parts: [],
    others: [/^病名交換用コード$/, /^レセ電算?コード$/],
    names: [/^病名(?:表記)?$/],
    target: [/^icd-?10(?:[-(]?2013\)?)?(?:コード)?$/],
    bare: { columns: { codes: [1], others: [5, 10], names: [2], target: 6 }, fits: /^\d{8}$/ },
  },
  // J-FAGY: DISPLAYSEQ, JFAGYCODE, JPTERM, JPKANA, ENTERM, …; medication allergens (YCM, GCM) as code and term.
  jfagy: {
    code: [/^j-?fagy(?:コード|code)?$/, /^(?:アレルゲン)?コード$/, /^(?:allergen)?code$/],
    parts: [],
    others: [],
    names: [/^jpterm$/, /^(?:日本語)?(?:用語|名称|表記)$/, /^アレルゲン(?:名称?)?$/, /^(?:display|term|name)$/],
    target: [],
    bare: null,
  },
};

/** Some masters have lines of explanation above their heading. */
export const HEADING_WITHIN = 20;

/** The columns of a file by its first lines, and the position of its first line of data; null: no heading and no known shape. */
export function columnsOf(kind: MasterKind, rows: readonly (readonly string[])[]): { columns: Columns; first: number } | null {
  const layout = layouts[kind];
  for (let at = 0; at < Math.min(rows.length, HEADING_WITHIN); at++) {
    const columns = byHeading(layout, rows[at] ?? []);
    if (columns !== null) return { columns, first: at + 1 };
  }
  const { bare } = layout;
  const sample = rows[0]?.[bare?.columns.codes[0] ?? 0]?.trim() ?? "";
  return bare?.fits.test(sample) ? { columns: bare.columns, first: 0 } : null;
}

function byHeading(layout: Layout, row: readonly string[]): Columns | null {
  const heading = row.map((cell) => cell.normalize("NFKC").replace(/\s+/g, "").toLowerCase());
  const all = (patterns: readonly RegExp[]) =>
    patterns.map((pattern) => heading.findIndex((cell) => pattern.test(cell))).filter((column) => column >= 0);
  const code = all(layout.code)[0];
  const parts = all(layout.parts);
  const names = all(layout.names);
  const codes = code === undefined ? parts : [code];
  if (codes.length === 0 || names.length === 0) return null;
  return { codes, others: all(layout.others), names, target: all(layout.target)[0] ?? -1 };
}
