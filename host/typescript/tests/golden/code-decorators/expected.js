// src/index.ts
import { object, func, argument, dag } from "@dagger.io/dagger";
let Ci = class Ci {
	source;
	tag;
	title = "t";
	constructor(source, tag = "x") {
		this.source = source;
		this.tag = tag;
		console.log(tag);
	}
	async build(other, count) {
		const base = dag.container();
		return base.withDirectory("/", other);
	}
};
babelHelpers.decorate([func()], Ci.prototype, "title", void 0);
babelHelpers.decorate([func(), babelHelpers.decorateParam(0, argument({ defaultPath: "." }))], Ci.prototype, "build", null);
Ci = babelHelpers.decorate([object(), babelHelpers.decorateParam(0, argument({ defaultPath: "/" }))], Ci);
export { Ci };

