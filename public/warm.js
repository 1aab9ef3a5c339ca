// Reads what every start needs while the program is still on its way: a cold start spends most of its waiting on the storage.
// Anything unusual (no database yet, another version, a failure) gives null, and the program reads, upgrades and judges for itself.
// src/viewer/app/boot-rows.ts takes the answer; tests/viewer/app/boot-rows.test.ts holds both to the same names and rows.
(() => {
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  /** `version`: ten times Dexie's. */
  const read = async (name, version, stores, work) => {
    const opening = indexedDB.open(name);
    // Nothing is made here: a database that is not there yet stays so.
    opening.onupgradeneeded = () => opening.transaction.abort();
    const db = await settled(opening);
    try {
      return db.version === version ? await work(db.transaction(stores)) : null;
    } finally {
      db.close();
    }
  };
  const all = (transaction, store) => settled(transaction.objectStore(store).getAll());
  const vault = read("tomoshibi-vault", 10, ["device", "signed", "slots", "facts"], async (transaction) => {
    const [device, signed, slots, facts] = await Promise.all([
      settled(transaction.objectStore("device").get("device")),
      all(transaction, "signed"),
      all(transaction, "slots"),
      all(transaction, "facts"),
    ]);
    return { device, signed, slots, facts };
  });
  const journal = read("tomoshibi-journal", 40, ["chains", "entries"], async (transaction) => {
    const entries = transaction.objectStore("entries");
    const counts = (await all(transaction, "chains")).map(({ chain, acked }) =>
      settled(entries.count(IDBKeyRange.bound([chain, acked], [chain, Number.MAX_SAFE_INTEGER], true))),
    );
    return { outbox: (await Promise.all(counts)).reduce((sum, count) => sum + count, 0) };
  });
  globalThis.tomoshibiBootRows = Promise.all([vault, journal]).then(
    ([stored, written]) => (stored && written ? { ...stored, ...written } : null),
    () => null,
  );
})();
