// src/effect.ts
using x = { [Symbol.dispose]() {} };
export {};

// src/index.ts
import { object, func } from "@dagger.io/dagger";
import { Level } from "./types";
import "./effect";
export * from "./types";
let Ci = class Ci {
	a(level = Level.Low, box) {
		const report = undefined;
		return String(report) + level;
	}
};
babelHelpers.decorate([func()], Ci.prototype, "a", null);
Ci = babelHelpers.decorate([object()], Ci);
export { Ci };

// src/types.ts
export let Level = function(Level) {
	Level["Low"] = "low";
	return Level;
}({});

