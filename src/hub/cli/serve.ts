import type { Command } from "commander";
import { startSenders } from "../audit/senders.ts";
import { parseConfig } from "../config.ts";
import { serveHub } from "../main.ts";
import { listenMllp } from "../mllp/serve.ts";
import { prepareDemo } from "../people/demo.ts";
import { openKeys } from "../publish/index.ts";
import { openStore } from "../store/store.ts";
import { alarmWords } from "./alert.ts";
import { hubLog } from "./log.ts";
import type { Surroundings } from "./open.ts";
import { terminalQr } from "./people.ts";

/** `serve [--welcome]`: viewer and console on their two ports, until SIGTERM or SIGINT. --welcome: says how to try the demo. */
export function serveCommand(program: Command, around: Surroundings): void {
  program
    .command("serve")
    .description("serve devices, viewer and console")
    .option("--welcome", "say how to try the demo")
    .action(async ({ welcome }: { welcome?: true }) => {
      const config = parseConfig(around.env);
      const store = await openStore(config);
      try {
        const keys = await openKeys(store.dataDir);
        const log = hubLog();
        // Listened for before anybody is told that the hub serves: a signal between the two would end it without closing.
        const ended = asked();
        const serving = await serveHub(config, { store, clock: around.clock, log, keys });
        const mllp = config.mllp === null ? null : await listenMllp(config.mllp, { db: store.db, clock: around.clock, log });
        const console_ = config.door.consoleOrigin ?? serving.console;
        const senders = startSenders(config.senders, { db: store.db, clock: around.clock, log, console: console_, words: alarmWords });
        if (welcome === true) greet(serving, await prepareDemo({ db: store.db, clock: around.clock, keys }));
        else
          console.log(JSON.stringify({ viewer: serving.viewer, console: serving.console, ...(mllp === null ? {} : { mllp: mllp.port }) }));
        await ended;
        await senders.stop();
        await mllp?.close();
        await serving.close();
      } finally {
        await store.close();
      }
    });
}

/** Resolves when the process is asked to end. */
function asked(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => done());
  });
}

function greet(serving: { viewer: string; console: string }, demo: Awaited<ReturnType<typeof prepareDemo>>): void {
  const members = demo.staff.map(({ name, code }) => `     ${name}   ${code}`).join("\n");
  console.log(`
${terminalQr(demo.enrolCode)}

灯 Tomoshibi

  1  Viewer  / ビューア      ${serving.viewer}
     Enrol with / 登録コード
     ${demo.enrolCode}
  2  Choose a member, type the one-time code, set a passphrase
     職員を選び、一度だけのコードを入れ、パスフレーズを決める
${members}
  3  Console / コンソール    ${serving.console}
     ${demo.reviewer.name}
     ${demo.reviewer.passphrase}

  Stop with Ctrl+C.  The data are synthetic. / 表示される人はすべて架空です。
`);
}
