/** Whether all bytes from `start` on are zero. A plain loop: padding of a whole index is checked at every unlock, and callbacks would show. */
export function zeroFrom(bytes: Uint8Array, start: number): boolean {
  for (let i = start; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}
