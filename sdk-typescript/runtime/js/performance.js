// Time since the instance started to count, in milliseconds. The origin is taken when it is first asked for, since the
// clock of the snapshot is another one.

import { monotonic } from "dockwright:native";

let start;
let origin;

function begin() {
  if (start === undefined) {
    start = monotonic();
    origin = Date.now();
  }
}

export const performance = {
  now() {
    begin();
    return monotonic() - start;
  },
  get timeOrigin() {
    begin();
    return origin;
  },
  toJSON() {
    return { timeOrigin: this.timeOrigin };
  },
};
