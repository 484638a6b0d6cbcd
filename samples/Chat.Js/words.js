// What the page says and how: answers and failures of the server, times, and the colours of names.

/** @import { Fault } from "./contract" */

/** @param {unknown} result @returns {result is Fault} */
const isFault = (result) => typeof result === "object" && result !== null && "$fault" in result;

/**
 * Asks the server. What fails is a sentence for the person.
 *
 * @template T
 * @param {() => Promise<T>} question
 * @returns {Promise<{ result?: Exclude<T, Fault>, problem?: string }>}
 */
export async function ask(question) {
  try {
    const result = await question();
    return isFault(result) ? { problem: result.message ?? `The server could not do it (${result.$fault}).` } : { result: /** @type {Exclude<T, Fault>} */ (result) };
  } catch {
    return { problem: "The server did not answer." };
  }
}

/** The time of day, as the chat shows it. @param {string} at */
export const when = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/** The first character of a name. @param {string} name */
export const initial = (name) => ([...name][0] ?? "").toUpperCase();

/** The colour of a name: the same in every browser, and on the Blazor page. @param {string} name */
export function hue(name) {
  let hash = 7;
  const lower = name.toLowerCase();
  for (let index = 0; index < lower.length; index++) {
    hash = (hash * 31 + lower.charCodeAt(index)) % 9973;
  }
  return (hash * 137) % 360;
}
