// What every program here does: it tells what happens as one JSON object a line, and ends when whoever started it has gone.

export const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));

/** Options from the command line: --name=value, numbers as numbers, a bare --name as true. */
export const options = Object.fromEntries(
  process.argv.slice(2).map((argument) => {
    const [name, value] = argument.replace(/^--/, "").split(/=(.*)/s);
    return [name, value === undefined ? true : /^\d+$/.test(value) ? Number(value) : value];
  }),
);
