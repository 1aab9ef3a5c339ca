/**
 * ISO-2022-JP as hospitals write it: ASCII, and JIS X 0208 with the vendor rows (髙 and 﨑 stand there) between ESC $ B and ESC ( B.
 * The table is the platform's own decoder read backwards; where a letter has two places the lower row is taken.
 */

export type EncodeJis = (text: string) => Uint8Array<ArrayBuffer>;

/**
 * Makes the encoder (the table takes some milliseconds). A letter that the set does not have becomes `instead`, one letter of the set;
 * without one, encoding throws a RangeError.
 */
export function makeJisEncoder(instead = ""): EncodeJis {
  const table = readTable();
  const other = instead === "" ? 0 : (table[instead.charCodeAt(0)] as number);
  return (text) => {
    let out = new Uint8Array(text.length * 3 + 64);
    let at = 0;
    let wide = false;
    for (let i = 0; i < text.length; i++) {
      if (at + 8 > out.length) {
        const larger = new Uint8Array(out.length * 2);
        larger.set(out);
        out = larger;
      }
      const unit = text.charCodeAt(i);
      if (unit < 0x80) {
        if (wide) {
          out[at++] = 0x1b;
          out[at++] = 0x28;
          out[at++] = 0x42;
          wide = false;
        }
        out[at++] = unit;
        continue;
      }
      // The second half of a letter beyond the basic plane: its first half stands for both.
      if (other !== 0 && unit >= 0xdc00 && unit <= 0xdfff) continue;
      const place = (table[unit] as number) || other;
      if (place === 0) throw new RangeError(`no ISO-2022-JP place for U+${unit.toString(16)}`);
      if (!wide) {
        out[at++] = 0x1b;
        out[at++] = 0x24;
        out[at++] = 0x42;
        wide = true;
      }
      out[at++] = place >> 8;
      out[at++] = place & 0xff;
    }
    if (wide) {
      out[at++] = 0x1b;
      out[at++] = 0x28;
      out[at++] = 0x42;
    }
    return out.slice(0, at);
  };
}

function readTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  const decoder = new TextDecoder("iso-2022-jp");
  for (let row = 0x7e; row >= 0x21; row--) {
    for (let cell = 0x7e; cell >= 0x21; cell--) {
      const text = decoder.decode(Uint8Array.of(0x1b, 0x24, 0x42, row, cell, 0x1b, 0x28, 0x42));
      const unit = text.charCodeAt(0);
      if (text.length === 1 && unit !== 0xfffd) table[unit] = (row << 8) | cell;
    }
  }
  return table;
}
