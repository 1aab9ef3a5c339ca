// Opens the browser's storage while the program is still being read: a cold start spends most of its waiting there.
indexedDB.databases?.().catch(() => {});
