// A process that claims tokens when it is told to, and says which it got. Used by replay-guard.test.ts.
import { openDatabase } from '../../dist/store/open-database.js';
import { createReplayGuard } from '../../dist/store/replay-guard.js';

process.once('message', async ({ place, tokens }) => {
  const database = openDatabase(place, 10_000);
  const guard = createReplayGuard(database, () => new Date());
  await database.read(async () => {});
  process.send('ready');
  process.once('message', async () => {
    const expires = new Date(Date.now() + 300_000);
    const claims = await Promise.all(tokens.map((jti) => guard.claim('https://ehr.example', jti, expires)));
    await database.close();
    process.send(tokens.filter((_, index) => claims[index]));
    process.disconnect();
  });
});
