// src/index.ts
import { object, func } from "@dagger.io/dagger";
export let Level = function(Level) {
	Level["Low"] = "low";
	Level["High"] = "high";
	return Level;
}({});
var Mode = function(Mode) {
	Mode[Mode["Fast"] = 0] = "Fast";
	Mode[Mode["Slow"] = 5] = "Slow";
	return Mode;
}(Mode || {});
let Inner;
(function(_Inner) {
	const mark = _Inner.mark = "m";
})(Inner || (Inner = {}));
let Ci = class Ci {
	level(level = Level.High) {
		return Inner.mark + Mode.Slow + level;
	}
};
babelHelpers.decorate([func()], Ci.prototype, "level", null);
Ci = babelHelpers.decorate([object()], Ci);
export { Ci };

