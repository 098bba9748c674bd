// QuickJS's own generator has its seed from the snapshot: every call of every module would get the same numbers.

import { random as native } from "dockwright:native";

/** A number from 0 up to, not including, 1. */
export const random = {
  random() {
    return native();
  },
}.random;
