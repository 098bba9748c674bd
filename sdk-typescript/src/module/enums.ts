/** Members of a module's enums: they travel by name, and the source knows them by value. */

import { keys } from "../primordials.js";

/** The name of the member that has the value; undefined when none has it. */
export function wireName(members: { readonly [wireName: string]: unknown }, value: unknown): string | undefined {
  const names = keys(members);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (members[name] === value) return name;
  }
  return undefined;
}
