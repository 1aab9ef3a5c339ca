/** Rows of the index as they lie in the vault's shards: the find room reads them through here. */
export { type IndexRow, parseRow } from "../../shared/pack/row.ts";
