/** 不明A, 不明B … 不明Z, 不明AA …, with the day and minute: no two on this device, and hardly any two of the site, are called the same. */
export function nextLabel(taken: readonly string[], happened: string): string {
  const used = new Set(taken.map((label) => label.split(" ")[0]));
  let n = 0;
  while (used.has(`不明${letters(n)}`)) n += 1;
  return `不明${letters(n)} ${happened.slice(5, 10)} ${happened.slice(11)}`;
}

function letters(n: number): string {
  return (n < 26 ? "" : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));
}
